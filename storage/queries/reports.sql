-- name: add_report(learner, item, said, course_version, at, update_id)!
-- Keeps what a learner says is wrong with the course; the same update adds nothing twice.
insert into reports (update_id, learner, item, said, course_version, at)
values (:update_id, :learner, :item, :said, :course_version, :at)
on conflict (update_id) do nothing;

-- name: open_reports()
-- All reports, the oldest first.
select update_id, item, said, course_version, at
from reports
order by at, update_id;

-- name: delete_report(update_id)!
-- Deletes a report that was dealt with.
delete from reports where update_id = :update_id;
