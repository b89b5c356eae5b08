-- name: answers_off()
-- Fetches by how much the counters of answers differ from the facts; one statement, so that it sees a consistent snapshot.
select
    cohort,
    question,
    options,
    is_first,
    standing,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from (
    select
        0 as cohort,
        question,
        options,
        is_first,
        standing,
        count(*) as count,
        sum(correct) as correct
    from answers_of
    group by question, options, is_first, standing
    union all
    select
        counted.cohort,
        answers_of.question,
        answers_of.options,
        answers_of.is_first,
        answers_of.standing,
        count(*) as count,
        sum(answers_of.correct) as correct
    from counted
    inner join answers_of on counted.learner = answers_of.learner
    group by counted.cohort, answers_of.question, answers_of.options, answers_of.is_first, answers_of.standing
    union all
    select
        cohort,
        question,
        options,
        is_first,
        standing,
        -count as count,
        -correct as correct
    from answer_counts
    where gone = 0
) as both_sides
group by cohort, question, options, is_first, standing
having sum(count) <> 0 or sum(correct) <> 0;

-- name: mend_answers(cohort, question, options, is_first, standing, count, correct)!
-- Adds such a difference to the counter.
insert into answer_counts (cohort, gone, question, options, is_first, standing, count, correct)
values (:cohort, 0, :question, :options, :is_first, :standing, :count, :correct)
on conflict (cohort, is_first, question, options, standing, gone) do update set
    count = answer_counts.count + excluded.count,
    correct = answer_counts.correct + excluded.correct;

-- name: hours_off()
-- Like `answers_off`, for the counters of hours of first answers.
select
    cohort,
    day,
    hour,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from (
    select
        0 as cohort,
        day,
        hour,
        count(*) as count,
        sum(correct) as correct
    from hours_of
    group by day, hour
    union all
    select
        counted.cohort,
        hours_of.day,
        hours_of.hour,
        count(*) as count,
        sum(hours_of.correct) as correct
    from counted
    inner join hours_of on counted.learner = hours_of.learner
    group by counted.cohort, hours_of.day, hours_of.hour
    union all
    select
        cohort,
        day,
        hour,
        -count as count,
        -correct as correct
    from hour_counts
    where gone = 0
) as both_sides
group by cohort, day, hour
having sum(count) <> 0 or sum(correct) <> 0;

-- name: mend_hours(cohort, day, hour, count, correct)!
-- Adds such a difference to the counter.
insert into hour_counts (cohort, gone, day, hour, count, correct)
values (:cohort, 0, :day, :hour, :count, :correct)
on conflict (cohort, day, hour, gone) do update set
    count = hour_counts.count + excluded.count,
    correct = hour_counts.correct + excluded.correct;

-- name: visits_off()
-- Like `answers_off`, for the counters of active days.
select
    cohort,
    what,
    day,
    gap,
    cast(sum(count) as bigint) as count
from (
    select
        0 as cohort,
        what,
        day,
        gap,
        count(*) as count
    from visits_of
    group by what, day, gap
    union all
    select
        counted.cohort,
        visits_of.what,
        visits_of.day,
        visits_of.gap,
        count(*) as count
    from counted
    inner join visits_of on counted.learner = visits_of.learner
    group by counted.cohort, visits_of.what, visits_of.day, visits_of.gap
    union all
    select
        cohort,
        what,
        day,
        gap,
        -count as count
    from visit_counts
    where gone = 0
) as both_sides
group by cohort, what, day, gap
having sum(count) <> 0;

-- name: mend_visits(cohort, what, day, gap, count)!
-- Adds such a difference to the counter.
insert into visit_counts (cohort, gone, what, day, gap, count)
values (:cohort, 0, :what, :day, :gap, :count)
on conflict (cohort, what, day, gap, gone) do update set count = visit_counts.count + excluded.count;

-- name: reached_off()
-- Like `answers_off`, for the counters of milestones by the day of joining.
select
    cohort,
    item,
    since,
    cast(sum(count) as bigint) as count
from (
    select
        0 as cohort,
        item,
        since,
        count(*) as count
    from reached_of
    group by item, since
    union all
    select
        counted.cohort,
        reached_of.item,
        reached_of.since,
        count(*) as count
    from counted
    inner join reached_of on counted.learner = reached_of.learner
    group by counted.cohort, reached_of.item, reached_of.since
    union all
    select
        cohort,
        item,
        since,
        -count as count
    from reach_counts
    where gone = 0
) as both_sides
group by cohort, item, since
having sum(count) <> 0;

-- name: mend_reached(cohort, item, since, count)!
-- Adds such a difference to the counter.
insert into reach_counts (cohort, gone, item, since, count)
values (:cohort, 0, :item, :since, :count)
on conflict (cohort, item, since, gone) do update set count = reach_counts.count + excluded.count;

-- name: passed_off()
-- Like `answers_off`, for the counters of milestones by their own day.
select
    cohort,
    item,
    day,
    minutes,
    cast(sum(count) as bigint) as count
from (
    select
        0 as cohort,
        item,
        day,
        minutes,
        count(*) as count
    from passed_of
    group by item, day, minutes
    union all
    select
        counted.cohort,
        passed_of.item,
        passed_of.day,
        passed_of.minutes,
        count(*) as count
    from counted
    inner join passed_of on counted.learner = passed_of.learner
    group by counted.cohort, passed_of.item, passed_of.day, passed_of.minutes
    union all
    select
        cohort,
        item,
        day,
        minutes,
        -count as count
    from pass_counts
    where gone = 0
) as both_sides
group by cohort, item, day, minutes
having sum(count) <> 0;

-- name: mend_passed(cohort, item, day, minutes, count)!
-- Adds such a difference to the counter.
insert into pass_counts (cohort, gone, item, day, minutes, count)
values (:cohort, 0, :item, :day, :minutes, :count)
on conflict (cohort, item, day, minutes, gone) do update set count = pass_counts.count + excluded.count;

-- name: times_off()
-- Like `answers_off`, for the counters of seconds of first answers.
select
    question,
    took,
    cast(sum(count) as bigint) as count
from (
    select
        question,
        took,
        count(*) as count
    from times_of
    group by question, took
    union all
    select
        question,
        took,
        -count as count
    from time_counts
    where gone = 0
) as both_sides
group by question, took
having sum(count) <> 0;

-- name: mend_times(question, took, count)!
-- Adds such a difference to the counter.
insert into time_counts (gone, question, took, count)
values (0, :question, :took, :count)
on conflict (question, took, gone) do update set count = time_counts.count + excluded.count;

-- name: readings_off()
-- Like `answers_off`, for the counters of readings.
select
    item,
    cast(sum(count) as bigint) as count
from (
    select
        item,
        count(*) as count
    from readings_of
    group by item
    union all
    select
        item,
        -count as count
    from reading_counts
    where gone = 0
) as both_sides
group by item
having sum(count) <> 0;

-- name: mend_readings(item, count)!
-- Adds such a difference to the counter.
insert into reading_counts (gone, item, count)
values (0, :item, :count)
on conflict (item, gone) do update set count = reading_counts.count + excluded.count;

-- name: fetch_miscounted_learners()
-- Fetches learners who are counted in other cohorts than they belong to.
select distinct learner
from shifts
where leaving = 0
order by learner;

-- name: add_recount(at, wrong)!
-- Records that the counters were compared with the facts.
insert into recounts (at, wrong)
values (:at, :wrong)
on conflict (at) do update set wrong = excluded.wrong;

-- name: fetch_last_recount()
-- Fetches time and number of errors of the last recount.
select at, wrong
from recounts
order by at desc
limit 1;

-- name: fetch_first_joined_at()
-- Fetches when the first learner joined; reads all rows.
select min(joined_at) as at
from learners;
