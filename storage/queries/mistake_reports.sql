-- name: add_mistake_report(learner, item, said, course_version, at, update_id)!
-- Inserts a report of a mistake in the course; no effect if the update is there already.
insert into reports (update_id, learner, item, said, course_version, at)
values (:update_id, :learner, :item, :said, :course_version, :at)
on conflict (update_id) do nothing;

-- name: fetch_mistake_reports()
-- Fetches all mistake reports, oldest first.
select update_id, item, said, course_version, at
from reports
order by at, update_id;

-- name: delete_mistake_report(update_id)!
-- Deletes a report that was handled.
delete from reports where update_id = :update_id;

-- name: queue_thanks(update_id, subject, at)!
-- Queues thanks to who sent a report; no effect if it was deleted. Must run before `delete_mistake_report`.
insert into deliveries (recipient, kind, subject, state, due_at, made_at)
select
    learner as recipient,
    'thanks' as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from reports
where update_id = :update_id
on conflict (recipient, kind, subject) do nothing;
