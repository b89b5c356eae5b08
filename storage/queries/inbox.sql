-- name: receive_update(update_id, learner, body, received_at, is_flood)!
-- Inserts an update; no effect if it is there already.
insert into inbox (update_id, learner, body, received_at, is_flood, tries)
values (:update_id, :learner, :body, :received_at, :is_flood, 0)
on conflict (update_id) do nothing;

-- name: mark_update_applied(update_id, at)!
-- Marks an update as applied, in the transaction of its facts.
update inbox set applied_at = :at where update_id = :update_id;

-- name: finish_update(update_id, at)!
-- Marks an update as finished once its reply is sent, and erases its body.
update inbox set done_at = :at, body = '', learner = null, error = null where update_id = :update_id;

-- name: erase_received_updates(learner, update_id, at)!
-- Erases all updates of a learner up to and including one, finished or not.
update inbox set
    done_at = coalesce(done_at, :at),
    body = '',
    learner = null,
    error = null
where
    learner = :learner
    and (received_at < :at or (received_at = :at and update_id <= :update_id));

-- name: fail_update(update_id, error)!
-- Counts a failed try, with its error.
update inbox set tries = tries + 1, error = :error where update_id = :update_id;

-- name: fetch_pending_updates(tries)
-- Fetches unfinished updates that failed fewer than `tries` times, oldest first.
select update_id, learner, body, received_at, tries, is_flood
from inbox
where done_at is null and tries < :tries
order by received_at, update_id;

-- name: fetch_recently_finished(most)
-- Fetches ids of the updates finished last, newest first.
select update_id
from inbox
where done_at is not null
order by done_at desc
limit :most;

-- name: delete_finished_updates(deadline, tries)!
-- Deletes updates finished before `deadline`, and those received before it and set aside.
delete from inbox
where done_at < :deadline or (done_at is null and tries >= :tries and received_at < :deadline);

-- name: fetch_set_aside_updates(tries)
-- Fetches unfinished updates that failed `tries` times or more, oldest first.
select update_id, received_at, tries, error
from inbox
where done_at is null and tries >= :tries
order by received_at, update_id;

-- name: set_update_aside(update_id, error, received_at, tries)!
-- Notes the number of an update that cannot be read or kept; nothing of what it says.
insert into inbox (update_id, learner, body, received_at, tries, error)
values (:update_id, null, '', :received_at, :tries, :error)
on conflict (update_id) do nothing;

-- name: retry_set_aside_updates()!
-- Resets the tries of unfinished updates, so that the next start handles them again.
update inbox set tries = 0, error = null where done_at is null;
