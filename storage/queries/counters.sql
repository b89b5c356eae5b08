-- name: count_answer(learner, question, ordinal, options, is_first, standing, correct)!
-- Counts an answer that is about to be appended, in total and in the learner's cohorts; no effect if it is there already.
insert into answer_counts (cohort, gone, question, options, is_first, standing, count, correct)
select
    places.cohort,
    0 as gone,
    cast(:question as text) as question,
    cast(:options as text) as options,
    cast(:is_first as smallint) as is_first,
    cast(:standing as smallint) as standing,
    1 as count,
    cast(:correct as smallint) as correct
from places
where
    places.learner = :learner
    and not exists (
        select 1
        from attempts
        where learner = :learner and question = cast(:question as text) and ordinal = :ordinal
    )
on conflict (cohort, is_first, question, options, standing, gone) do update set
    count = answer_counts.count + 1,
    correct = answer_counts.correct + excluded.correct;

-- name: count_time(learner, question, took)!
-- Counts the duration of a first answer that is about to be appended.
insert into time_counts (gone, question, took, count)
select
    0 as gone,
    cast(:question as text) as question,
    cast(:took as smallint) as took,
    1 as count
where
    not exists (
        select 1
        from attempts
        where learner = :learner and question = cast(:question as text) and ordinal = 1
    )
on conflict (question, took, gone) do update set count = time_counts.count + 1;

-- name: count_hour(learner, question, day, hour, correct)!
-- Counts day and local hour of a first answer that is about to be appended.
insert into hour_counts (cohort, gone, day, hour, count, correct)
select
    places.cohort,
    0 as gone,
    cast(:day as integer) as day,
    cast(:hour as smallint) as hour,
    1 as count,
    cast(:correct as smallint) as correct
from places
where
    places.learner = :learner
    and not exists (
        select 1
        from attempts
        where learner = :learner and question = cast(:question as text) and ordinal = 1
    )
on conflict (cohort, day, hour, gone) do update set
    count = hour_counts.count + 1,
    correct = hour_counts.correct + excluded.correct;

-- name: count_reading(learner, item)!
-- Counts a reading that is about to be appended; no effect if it is there already.
insert into reading_counts (gone, item, count)
select
    0 as gone,
    cast(:item as text) as item,
    1 as count
where
    not exists (
        select 1
        from readings
        where learner = :learner and item = cast(:item as text)
    )
on conflict (item, gone) do update set count = reading_counts.count + 1;

-- name: count_visit(learner, what, visited, day, gap, change)!
-- Counts a change of active days by a day that is about to be added.
insert into visit_counts (cohort, gone, what, day, gap, count)
select
    places.cohort,
    0 as gone,
    cast(:what as smallint) as what,
    cast(:day as integer) as day,
    cast(:gap as smallint) as gap,
    cast(:change as bigint) as count
from places
where
    places.learner = :learner
    and not exists (
        select 1
        from visits
        where learner = :learner and what = cast(:what as smallint) and day = :visited
    )
on conflict (cohort, what, day, gap, gone) do update set count = visit_counts.count + excluded.count;

-- name: add_visit(learner, what, day)!
-- Adds a day on which a learner was active; no effect if it is there already.
insert into visits (learner, what, day)
values (:learner, :what, :day)
on conflict do nothing;

-- name: count_reached(learner, item)!
-- Counts a milestone that is about to be added, by the day on which the learner joined.
insert into reach_counts (cohort, gone, item, since, count)
select
    places.cohort,
    0 as gone,
    cast(:item as text) as item,
    learners.joined_at / 86400000 as since,
    1 as count
from learners
inner join places on learners.learner = places.learner
where
    learners.learner = :learner and places.learner = :learner
    and not exists (
        select 1
        from milestones
        where milestones.learner = :learner and item = cast(:item as text)
    )
on conflict (cohort, item, since, gone) do update set count = reach_counts.count + 1;

-- name: count_passed(learner, item, day, minutes)!
-- Counts a milestone that is about to be added, by its own day and minutes.
insert into pass_counts (cohort, gone, item, day, minutes, count)
select
    places.cohort,
    0 as gone,
    cast(:item as text) as item,
    cast(:day as integer) as day,
    cast(:minutes as integer) as minutes,
    1 as count
from places
where
    places.learner = :learner
    and not exists (
        select 1
        from milestones
        where learner = :learner and item = cast(:item as text)
    )
on conflict (cohort, item, day, minutes, gone) do update set count = pass_counts.count + 1;

-- name: add_milestone(learner, item, at, minutes)!
-- Adds a milestone; no effect if it is there already.
insert into milestones (learner, item, at, minutes)
values (:learner, :item, :at, :minutes)
on conflict do nothing;

-- name: count_joined(learner, day)!
-- Counts a learner who is about to be added, by the day of joining; must run before `add_learner`.
insert into reach_counts (cohort, gone, item, since, count)
select
    0 as cohort,
    0 as gone,
    '#joined' as item,
    cast(:day as integer) as since,
    1 as count
where not exists (select 1 from learners where learner = :learner)
on conflict (cohort, item, since, gone) do update set count = reach_counts.count + 1;

-- name: count_joined_day(learner, day)!
-- Like `count_joined`, for the counter by the milestone's own day.
insert into pass_counts (cohort, gone, item, day, minutes, count)
select
    0 as cohort,
    0 as gone,
    '#joined' as item,
    cast(:day as integer) as day,
    0 as minutes,
    1 as count
where not exists (select 1 from learners where learner = :learner)
on conflict (cohort, item, day, minutes, gone) do update set count = pass_counts.count + 1;

-- name: fetch_answer_counts()
-- Fetches the counters of answers, deleted learners included.
select question, options, is_first, cast(sum(count) as bigint) as count
from answer_counts
where cohort = 0
group by question, options, is_first
having sum(count) <> 0
order by question, options, is_first;

-- name: recount_answers()
-- Like `fetch_answer_counts`, counted from the facts.
select question, options, is_first, count(*) as count
from answers_of
group by question, options, is_first
order by question, options, is_first;

-- name: fetch_reading_counts()
-- Fetches the counters of readings, deleted learners included.
select item, cast(sum(count) as bigint) as count
from reading_counts
group by item
having sum(count) <> 0
order by item;

-- name: recount_readings()
-- Like `fetch_reading_counts`, counted from the facts.
select item, count(*) as count
from readings_of
group by item
order by item;
