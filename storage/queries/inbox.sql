-- name: receive_update(update_id, learner, body, received_at)!
-- Puts an update on disk; one that is there already stays as it is.
insert into inbox (update_id, learner, body, received_at, tries)
values (:update_id, :learner, :body, :received_at, 0)
on conflict (update_id) do nothing;

-- name: apply_update(update_id, at)!
-- Marks that the facts of an update are committed: stands in the same transaction as they do.
update inbox set applied_at = :at where update_id = :update_id;

-- name: finish_update(update_id, at)!
-- The reply is out: nothing is owed any more, and what the person wrote is not kept.
update inbox set done_at = :at, body = '', learner = null, error = null where update_id = :update_id;

-- name: forget_received(learner, update_id, at)!
-- Forgets everything that a learner sent up to an update, that one too, whether it was done or not.
update inbox set
    done_at = coalesce(done_at, :at),
    body = '',
    learner = null,
    error = null
where
    learner = :learner
    and (received_at < :at or (received_at = :at and update_id <= :update_id));

-- name: fail_update(update_id, error)!
-- Counts a try that failed, with the reason.
update inbox set tries = tries + 1, error = :error where update_id = :update_id;

-- name: owed_updates(tries)
-- What was received and is not done, oldest first, without what was set aside after `tries` tries.
select update_id, learner, body, received_at, tries
from inbox
where done_at is null and tries < :tries
order by received_at, update_id;

-- name: recently_done(most)
-- Ids of the updates done last, newest first.
select update_id
from inbox
where done_at is not null
order by done_at desc
limit :most;

-- name: forget_done_updates(deadline, tries)!
-- Drops what was done long ago, and what was set aside that long: nobody came to have it tried again.
delete from inbox
where done_at < :deadline or (done_at is null and tries >= :tries and received_at < :deadline);

-- name: set_aside_updates(tries)
-- What failed `tries` times and waits for an operator, oldest first.
select update_id, received_at, tries, error
from inbox
where done_at is null and tries >= :tries
order by received_at, update_id;

-- name: retry_updates()!
-- Lets everything that was set aside be tried again at the next start.
update inbox set tries = 0, error = null where done_at is null;
