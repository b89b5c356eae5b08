-- name: take_due_reminder(learner, expected, at, used, deadline_used, snoozed_until, next_nudge_at)!
-- Takes a due reminder, unless the learner was active since or another tick took it.
update learners set
    nudges_used = :used,
    nudged_at = :at,
    deadline_used = :deadline_used,
    snoozed_until = :snoozed_until,
    next_nudge_at = :next_nudge_at
where learner = :learner and next_nudge_at = :expected;

-- name: increment_reminder_counts(learner, opportunity, kind, wording, arm, at)!
-- Counts a due reminder that was taken and is about to be inserted; must run after `take_due_reminder`.
insert into nudge_counts (
    kind, wording, arm, made, sent, back_in_day, back_in_three, stopped, blocked, snoozed
)
select
    cast(:kind as text) as kind,
    cast(:wording as smallint) as wording,
    cast(:arm as text) as arm,
    1 as made,
    0 as sent,
    0 as back_in_day,
    0 as back_in_three,
    0 as stopped,
    0 as blocked,
    0 as snoozed
from learners
where
    learner = :learner and nudged_at = :at
    and not exists (
        select 1
        from nudges
        where nudges.learner = :learner and opportunity = cast(:opportunity as text)
    )
on conflict (kind, wording, arm) do update set made = nudge_counts.made + 1;

-- name: add_reminder(learner, opportunity, kind, wording, arm, at)!
-- Inserts a due reminder that was taken; no effect if it is there already.
insert into nudges (learner, opportunity, kind, wording, arm, at, stopped, blocked, snoozed)
select
    learner,
    cast(:opportunity as text) as opportunity,
    cast(:kind as text) as kind,
    cast(:wording as smallint) as wording,
    cast(:arm as text) as arm,
    nudged_at as at,
    0 as stopped,
    0 as blocked,
    0 as snoozed
from learners
where learner = :learner and nudged_at = :at
on conflict do nothing;

-- name: queue_reminder(learner, opportunity, at, due_at)!
-- Queues its reminder in the outbox, unless it is held out; ordered by `due_at`.
insert into deliveries (recipient, learner, kind, subject, state, due_at, made_at)
select
    learner as recipient,
    learner,
    'nudge' as kind,
    opportunity as subject,
    'queued' as state,
    cast(:due_at as bigint) as due_at,
    at as made_at
from nudges
where learner = :learner and opportunity = :opportunity and at = :at and arm = 'send'
on conflict do nothing;

-- name: count_sent_reminder(learner, opportunity, holder)!
-- Counts a reminder that was sent; must run before its result is recorded.
update nudge_counts set sent = sent + 1
where
    (kind, wording, arm) in (
        select nudges.kind, nudges.wording, nudges.arm
        from nudges
        inner join deliveries
            on nudges.learner = deliveries.learner and nudges.opportunity = deliveries.subject
        where
            nudges.learner = :learner and nudges.opportunity = :opportunity
            and deliveries.kind = 'nudge' and deliveries.holder = :holder
            and deliveries.state in ('claimed', 'sending', 'unknown')
    );

-- name: count_return(learner, at)!
-- Counts a return within three days of a due reminder; must run before `mark_return`.
insert into nudge_counts (
    kind, wording, arm, made, sent, back_in_day, back_in_three, stopped, blocked, snoozed
)
select
    kind,
    wording,
    arm,
    0 as made,
    0 as sent,
    sum(case when at >= cast(:at as bigint) - 86400000 then 1 else 0 end) as back_in_day,
    count(*) as back_in_three,
    0 as stopped,
    0 as blocked,
    0 as snoozed
from nudges
where learner = :learner and back_at is null and at <= :at and at >= cast(:at as bigint) - 259200000
group by kind, wording, arm
on conflict (kind, wording, arm) do update set
    back_in_day = nudge_counts.back_in_day + excluded.back_in_day,
    back_in_three = nudge_counts.back_in_three + excluded.back_in_three;

-- name: mark_return(learner, at)!
-- Marks due reminders of the last three days as followed by a reading or answer.
update nudges set back_at = :at
where learner = :learner and back_at is null and at <= :at and at >= cast(:at as bigint) - 259200000;

-- name: count_negative_reaction(learner, at, stopped, blocked, snoozed)!
-- Counts a stop, block or snooze within three days of a reminder that was sent or held out; not of one that was never sent. Must
-- run before `mark_negative_reaction`.
insert into nudge_counts (
    kind, wording, arm, made, sent, back_in_day, back_in_three, stopped, blocked, snoozed
)
select
    kind,
    wording,
    arm,
    0 as made,
    0 as sent,
    0 as back_in_day,
    0 as back_in_three,
    sum(case when stopped < cast(:stopped as smallint) then 1 else 0 end) as stopped,
    sum(case when blocked < cast(:blocked as smallint) then 1 else 0 end) as blocked,
    sum(case when snoozed < cast(:snoozed as smallint) then 1 else 0 end) as snoozed
from nudges
where
    learner = :learner and at <= :at and at >= cast(:at as bigint) - 259200000
    and (
        arm = 'hold'
        or exists (
            select 1
            from deliveries
            where
                deliveries.learner = nudges.learner and deliveries.subject = nudges.opportunity
                and deliveries.kind = 'nudge' and deliveries.state = 'sent'
        )
    )
group by kind, wording, arm
on conflict (kind, wording, arm) do update set
    stopped = nudge_counts.stopped + excluded.stopped,
    blocked = nudge_counts.blocked + excluded.blocked,
    snoozed = nudge_counts.snoozed + excluded.snoozed;

-- name: mark_negative_reaction(learner, at, stopped, blocked, snoozed)!
-- Marks due reminders of the last three days as followed by a stop, block or snooze.
update nudges set
    stopped = case when cast(:stopped as smallint) = 1 then 1 else stopped end,
    blocked = case when cast(:blocked as smallint) = 1 then 1 else blocked end,
    snoozed = case when cast(:snoozed as smallint) = 1 then 1 else snoozed end
where
    learner = :learner and at <= :at and at >= cast(:at as bigint) - 259200000
    and (
        arm = 'hold'
        or exists (
            select 1
            from deliveries
            where
                deliveries.learner = nudges.learner and deliveries.subject = nudges.opportunity
                and deliveries.kind = 'nudge' and deliveries.state = 'sent'
        )
    );

-- name: fetch_last_wording(learner, kind)
-- Fetches the wording of a learner's latest reminder of a kind; no row when there was none.
select wording
from nudges
where learner = :learner and kind = :kind
order by at desc
limit 1;

-- name: fetch_last_reminder(learner)
-- Fetches a learner's latest due reminder with its delivery; the latter is null when it was held out.
select nudges.opportunity, nudges.kind, nudges.wording, nudges.arm, nudges.at, deliveries.state, deliveries.reason, deliveries.sent_at
from nudges
left join deliveries
    on nudges.learner = deliveries.learner and nudges.opportunity = deliveries.subject and deliveries.kind = 'nudge'
where nudges.learner = :learner
order by nudges.at desc
limit 1;

-- name: fetch_due_reminder(learner, opportunity)
-- Fetches one due reminder.
select kind, wording, arm, at
from nudges
where learner = :learner and opportunity = :opportunity;

-- name: fetch_reminder_counts()
-- Fetches the counters of reminders by kind, wording and arm.
select kind, wording, arm, made, sent, back_in_day, back_in_three, stopped, blocked, snoozed
from nudge_counts
order by kind, wording, arm;

-- name: recount_reminders()
-- Like `fetch_reminder_counts`, counted from the due reminders, i.e. without deleted learners.
select
    nudges.kind,
    nudges.wording,
    nudges.arm,
    count(*) as made,
    sum(case when deliveries.state = 'sent' then 1 else 0 end) as sent,
    sum(case when nudges.back_at <= nudges.at + 86400000 then 1 else 0 end) as back_in_day,
    sum(case when nudges.back_at is null then 0 else 1 end) as back_in_three,
    sum(case when nudges.arm = 'hold' or deliveries.state = 'sent' then nudges.stopped else 0 end) as stopped,
    sum(case when nudges.arm = 'hold' or deliveries.state = 'sent' then nudges.blocked else 0 end) as blocked,
    sum(case when nudges.arm = 'hold' or deliveries.state = 'sent' then nudges.snoozed else 0 end) as snoozed
from nudges
left join deliveries
    on nudges.learner = deliveries.learner and nudges.opportunity = deliveries.subject and deliveries.kind = 'nudge'
group by nudges.kind, nudges.wording, nudges.arm
order by nudges.kind, nudges.wording, nudges.arm;
