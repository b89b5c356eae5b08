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

-- name: fetch_learner(learner)
-- Fetches a learner's settings and reminder state, one row for each cohort they are in; its columns are null for an archived one.
select
    learners.language,
    learners.plain,
    learners.zone,
    learners.remind_at,
    learners.as_usual,
    learners.quiet_from,
    learners.quiet_to,
    learners.rest_days,
    learners.pace,
    learners.snoozed_until,
    learners.paused_at,
    learners.active_at,
    learners.nudges_used,
    learners.nudged_at,
    learners.deadline_used,
    learners.proactive_at,
    learners.next_nudge_at,
    learners.joined_at,
    learners.stopped_at,
    learners.unreachable_at,
    cohorts.cohort,
    cohorts.deadline as cohort_deadline,
    cohorts.zone as cohort_zone
from learners
left join memberships on learners.learner = memberships.learner and memberships.left_at is null
left join cohorts on memberships.cohort = cohorts.cohort and cohorts.state <> 'archived'
where learners.learner = :learner;
