-- name: add_learner(learner, joined_at, language)!
-- Inserts a learner; no effect for a known one.
insert into learners (learner, joined_at, language, plain)
values (:learner, :joined_at, :language, 0)
on conflict (learner) do nothing;

-- name: set_plain(learner, plain)!
-- Switches the plain-text mode on or off.
update learners set plain = :plain where learner = :learner;

-- name: set_stopped(learner, stopped_at)!
-- Stops unasked messages; null allows them again.
update learners set stopped_at = :stopped_at where learner = :learner;

-- name: set_language(learner, language)!
-- Stores the latest language tag from Telegram.
update learners set language = :language where learner = :learner;

-- name: set_unreachable(learner, unreachable_at)!
-- Records that the learner blocked the bot; null for reachable.
update learners set unreachable_at = :unreachable_at where learner = :learner;

-- name: mark_reachable(learner, at)!
-- Clears a block recorded before `at`, when the learner was active in their own chat.
update learners set unreachable_at = null where learner = :learner and unreachable_at < :at;

-- name: delete_learner(learner)!
-- Deletes a learner; their facts are deleted by cascade.
delete from learners where learner = :learner;

-- name: count_learners()$
-- Counts all learners.
select count(*) from learners;

-- name: mark_zone_asked(learner)!
-- Records that the learner was asked for their time zone: an empty zone, which means none.
update learners set zone = '' where learner = :learner and zone is null;

-- name: save_preferences(learner, stopped, paused, at, zone, remind_at, as_usual, quiet_from, quiet_to, rest_days, pace, snoozed_until)!
-- Updates all preferences; an earlier start of a stop or pause is kept. A zone that is removed becomes empty, since the learner
-- was asked for it.
update learners set
    stopped_at = case when cast(:stopped as smallint) = 1 then coalesce(stopped_at, :at) end,
    paused_at = case when cast(:paused as smallint) = 1 then coalesce(paused_at, :at) end,
    zone = coalesce(:zone, case when zone is not null then '' end),
    remind_at = :remind_at,
    as_usual = :as_usual,
    quiet_from = :quiet_from,
    quiet_to = :quiet_to,
    rest_days = :rest_days,
    pace = :pace,
    snoozed_until = :snoozed_until
where learner = :learner;

-- name: record_activity(learner, update_id, at, look_at)!
-- Records activity that changes no other data, so that reminders count from then; the next check is moved to `look_at` if it is
-- later. Without a scheduled check, it is due at once, since a deadline may be near.
update learners set
    active_at = :at,
    next_nudge_at = case
        when next_nudge_at is null then :at
        when next_nudge_at <= :look_at then next_nudge_at
        else :look_at
    end
where
    learner = :learner and coalesce(active_at, 0) < :at
    and exists (
        select 1
        from inbox
        where inbox.update_id = :update_id and applied_at is null
    );

-- name: mark_active(learner, at)!
-- Sets the time of the last activity, from which reminders count.
update learners set active_at = :at where learner = :learner;

-- name: schedule_reminder_check(learner, at)!
-- Schedules the next check for a due reminder; null for none.
update learners set next_nudge_at = :at where learner = :learner;

-- name: reschedule_reminder_check(learner, expected, at)!
-- Like `schedule_reminder_check`, but only if the scheduled time is still `expected`.
update learners set next_nudge_at = :at where learner = :learner and next_nudge_at = :expected;

-- name: fetch_due_learners(now, most)
-- Fetches learners whose reminder check is due, longest overdue first.
select learner, next_nudge_at
from learners
where next_nudge_at <= :now
order by next_nudge_at
limit :most;

-- name: fetch_history(learner)
-- Fetches everything stored about a learner in one read: their own row (kind 0), readings (1), attempts (2; extra is 1 for right,
-- plus 2 with a local hour), and cohorts with deadline and zone (3).
-- Settings and reminder state are joined into one text, so that the other rows need no columns for them; a zone that was never
-- asked for is a hyphen.
select
    0 as kind,
    language as item,
    plain as number,
    coalesce(zone, '-')
    || ';' || coalesce(cast(remind_at as text), '')
    || ';' || as_usual
    || ';' || quiet_from
    || ';' || quiet_to
    || ';' || rest_days
    || ';' || pace
    || ';' || coalesce(cast(snoozed_until as text), '')
    || ';' || coalesce(cast(paused_at as text), '')
    || ';' || coalesce(cast(active_at as text), '')
    || ';' || nudges_used
    || ';' || coalesce(cast(nudged_at as text), '')
    || ';' || coalesce(cast(deadline_used as text), '')
    || ';' || coalesce(cast(proactive_at as text), '')
    || ';' || coalesce(cast(next_nudge_at as text), '')
        as options,
    joined_at as at,
    stopped_at as update_id,
    unreachable_at as extra
from learners
where learner = :learner
union all
select
    1 as kind,
    item,
    0 as number,
    null as options,
    at,
    update_id,
    null as extra
from readings
where learner = :learner
union all
select
    2 as kind,
    question as item,
    ordinal as number,
    options,
    at,
    update_id,
    correct + case when hour is null then 0 else 2 end as extra
from attempts
where learner = :learner
union all
select
    3 as kind,
    cohorts.zone as item,
    0 as number,
    null as options,
    cohorts.deadline as at,
    cohorts.cohort as update_id,
    null as extra
from memberships
inner join cohorts on memberships.cohort = cohorts.cohort
where
    memberships.learner = :learner
    and memberships.left_at is null
    and cohorts.state <> 'archived';
