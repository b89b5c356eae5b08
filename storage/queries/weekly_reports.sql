-- name: save_report_subscription(person, minute, not_before)!
-- Inserts or updates a subscription; it brings no report of the past, and no second one in a week.
insert into weekly_reports (person, minute, not_before)
values (:person, :minute, :not_before)
on conflict (person) do update set
    minute = excluded.minute,
    not_before = case
        when weekly_reports.not_before > excluded.not_before then weekly_reports.not_before
        else excluded.not_before
    end;

-- name: delete_report_subscription(person)!
-- Deletes a person's subscription.
delete from weekly_reports where person = :person;

-- name: fetch_report_subscription(person)
-- Fetches a person's subscription; no row when there is none.
select
    minute,
    not_before,
    holder
from weekly_reports
where person = :person;

-- name: fetch_due_report_subscriptions(now)
-- Fetches subscriptions that may be due, with the person's settings; without people who stopped messages or blocked the bot.
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

-- name: claim_report(person, expected, not_before, holder)!
-- Claims a report before it is sent; no effect if it was claimed already.
update weekly_reports set not_before = :not_before, holder = :holder
where person = :person and not_before = :expected;

-- name: release_report(person, expected, not_before)!
-- Undoes the claim of a report that surely was not sent.
update weekly_reports set not_before = :expected, holder = null
where person = :person and not_before = :not_before;
