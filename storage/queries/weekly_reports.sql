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
select minute, not_before
from weekly_reports
where person = :person;

-- name: fetch_due_report_subscriptions(now)
-- Fetches subscriptions that may be due, with the person's time zone; without people who stopped messages or blocked the bot.
select
    weekly_reports.person,
    weekly_reports.minute,
    weekly_reports.not_before,
    learners.zone
from weekly_reports
left join learners on weekly_reports.person = learners.learner
where weekly_reports.not_before <= :now and learners.stopped_at is null and learners.unreachable_at is null
order by weekly_reports.person;

-- name: queue_report(person, subject, at)!
-- Queues a person's report in the outbox, once for its subject.
insert into deliveries (recipient, kind, subject, state, due_at, made_at)
select
    person as recipient,
    'report' as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from weekly_reports
where person = :person
on conflict (recipient, kind, subject) do nothing;

-- name: schedule_next_report(person, not_before)!
-- Sets after which time the next report is due.
update weekly_reports set not_before = :not_before where person = :person;
