-- name: want_report(person, minute, not_before)!
-- Somebody wants the report at another minute; no report that lies behind comes, and none twice a week.
insert into weekly_reports (person, minute, not_before)
values (:person, :minute, :not_before)
on conflict (person) do update set
    minute = excluded.minute,
    not_before = case
        when weekly_reports.not_before > excluded.not_before then weekly_reports.not_before
        else excluded.not_before
    end;

-- name: want_no_report(person)!
-- Somebody wants no report, or may not have one.
delete from weekly_reports where person = :person;

-- name: report_wish(person)
-- At which minute somebody wants the report, and not before when; no row for who wants none.
select
    minute,
    not_before,
    holder
from weekly_reports
where person = :person;

-- name: report_wishes(now)
-- Everybody who may be due, with what is known of them; who wants to hear nothing unasked is left out.
select
    weekly_reports.person,
    weekly_reports.minute,
    weekly_reports.not_before,
    learners.zone,
    learners.language,
    learners.plain
from weekly_reports
left join learners on weekly_reports.person = learners.learner
where weekly_reports.not_before <= :now and learners.stopped_at is null and learners.unreachable_at is null
order by weekly_reports.person;

-- name: take_report(person, expected, not_before, holder)!
-- One run of the program takes a report into its hands; nothing for any other.
update weekly_reports set not_before = :not_before, holder = :holder
where person = :person and not_before = :expected;

-- name: return_report(person, expected, not_before)!
-- It was surely not sent, and is due again.
update weekly_reports set not_before = :expected, holder = null
where person = :person and not_before = :not_before;
