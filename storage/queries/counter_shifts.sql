-- name: shift_answers(learner, leaving)!
-- Moves the learner's answers from the counters of cohorts they left to those of their current cohorts.
insert into answer_counts (cohort, gone, question, options, is_first, standing, count, correct)
select
    shifts.cohort,
    shifts.gone,
    answers_of.question,
    answers_of.options,
    answers_of.is_first,
    answers_of.standing,
    sum(shifts.change) as count,
    sum(shifts.change * answers_of.correct) as correct
from answers_of
inner join shifts on answers_of.learner = shifts.learner
where answers_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving
group by
    shifts.cohort, shifts.gone, answers_of.question, answers_of.options, answers_of.is_first, answers_of.standing
on conflict (cohort, is_first, question, options, standing, gone) do update set
    count = answer_counts.count + excluded.count,
    correct = answer_counts.correct + excluded.correct;

-- name: shift_hours(learner, leaving)!
-- Like `shift_answers`, for the hours of first answers.
insert into hour_counts (cohort, gone, day, hour, count, correct)
select
    shifts.cohort,
    shifts.gone,
    hours_of.day,
    hours_of.hour,
    sum(shifts.change) as count,
    sum(shifts.change * hours_of.correct) as correct
from hours_of
inner join shifts on hours_of.learner = shifts.learner
where hours_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving
group by shifts.cohort, shifts.gone, hours_of.day, hours_of.hour
on conflict (cohort, day, hour, gone) do update set
    count = hour_counts.count + excluded.count,
    correct = hour_counts.correct + excluded.correct;

-- name: shift_visits(learner, leaving)!
-- Like `shift_answers`, for active days.
insert into visit_counts (cohort, gone, what, day, gap, count)
select
    shifts.cohort,
    shifts.gone,
    visits_of.what,
    visits_of.day,
    visits_of.gap,
    sum(shifts.change) as count
from visits_of
inner join shifts on visits_of.learner = shifts.learner
where visits_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving
group by shifts.cohort, shifts.gone, visits_of.what, visits_of.day, visits_of.gap
on conflict (cohort, what, day, gap, gone) do update set count = visit_counts.count + excluded.count;

-- name: shift_reached(learner, leaving)!
-- Like `shift_answers`, for milestones by the day of joining.
insert into reach_counts (cohort, gone, item, since, count)
select
    shifts.cohort,
    shifts.gone,
    reached_of.item,
    reached_of.since,
    sum(shifts.change) as count
from reached_of
inner join shifts on reached_of.learner = shifts.learner
where reached_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving
group by shifts.cohort, shifts.gone, reached_of.item, reached_of.since
on conflict (cohort, item, since, gone) do update set count = reach_counts.count + excluded.count;

-- name: shift_passed(learner, leaving)!
-- Like `shift_answers`, for milestones by their own day.
insert into pass_counts (cohort, gone, item, day, minutes, count)
select
    shifts.cohort,
    shifts.gone,
    passed_of.item,
    passed_of.day,
    passed_of.minutes,
    sum(shifts.change) as count
from passed_of
inner join shifts on passed_of.learner = shifts.learner
where passed_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving
group by shifts.cohort, shifts.gone, passed_of.item, passed_of.day, passed_of.minutes
on conflict (cohort, item, day, minutes, gone) do update set count = pass_counts.count + excluded.count;

-- name: shift_times(learner, leaving)!
-- Like `shift_answers`, for the seconds of first answers, which are counted in total only.
insert into time_counts (gone, question, took, count)
select
    shifts.gone,
    times_of.question,
    times_of.took,
    sum(shifts.change) as count
from times_of
inner join shifts on times_of.learner = shifts.learner
where
    times_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving and shifts.cohort = 0
group by shifts.gone, times_of.question, times_of.took
on conflict (question, took, gone) do update set count = time_counts.count + excluded.count;

-- name: shift_readings(learner, leaving)!
-- Like `shift_answers`, for readings, which are counted in total only.
insert into reading_counts (gone, item, count)
select
    shifts.gone,
    readings_of.item,
    sum(shifts.change) as count
from readings_of
inner join shifts on readings_of.learner = shifts.learner
where
    readings_of.learner = :learner and shifts.learner = :learner and shifts.leaving = :leaving and shifts.cohort = 0
group by shifts.gone, readings_of.item
on conflict (item, gone) do update set count = reading_counts.count + excluded.count;

-- name: add_counted_cohorts(learner)!
-- Records that the learner is counted in their current cohorts; must run after the `shift_...` queries.
insert into counted (learner, cohort)
select learner, cohort
from memberships
where learner = :learner and left_at is null
on conflict do nothing;

-- name: remove_counted_cohorts(learner)!
-- Removes the record of cohorts in which the learner is no longer counted.
delete from counted
where
    learner = :learner
    and not exists (
        select 1
        from memberships
        where
            memberships.learner = counted.learner
            and memberships.cohort = counted.cohort
            and memberships.left_at is null
    );
