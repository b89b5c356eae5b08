-- name: passed_in(cohort, item, today)
-- How many came to a milestone, by how many days ago: as many columns as there are cells between the bounds of stretches.
select
    coalesce(sum(case when day > :today - 7 then count end), 0) as days_0_to_7,
    coalesce(sum(case when day <= :today - 7 and day > :today - 14 then count end), 0) as days_7_to_14,
    coalesce(sum(case when day <= :today - 14 and day > :today - 30 then count end), 0) as days_14_to_30,
    coalesce(sum(case when day <= :today - 30 and day > :today - 60 then count end), 0) as days_30_to_60,
    coalesce(sum(case when day <= :today - 60 and day > :today - 90 then count end), 0) as days_60_to_90,
    coalesce(sum(case when day <= :today - 90 and day > :today - 180 then count end), 0) as days_90_to_180,
    coalesce(sum(case when day <= :today - 180 then count end), 0) as from_day_180
from pass_counts
where cohort = :cohort and item = :item;

-- name: visited_in(cohort, what, today)
-- How many people did something, each once, within some days: in stretches, and in what lies between two of them.
select
    coalesce(
        sum(case when day > :today - 7 and (gap = 0 or day - gap <= :today - 7) then count end), 0
    ) as days_0_to_7,
    coalesce(
        sum(case when day <= :today - 7 and day > :today - 14 and (gap = 0 or day - gap <= :today - 14) then count end), 0
    ) as days_7_to_14,
    coalesce(
        sum(case when day > :today - 30 and (gap = 0 or day - gap <= :today - 30) then count end), 0
    ) as days_0_to_30,
    coalesce(
        sum(case when day <= :today - 30 and day > :today - 60 and (gap = 0 or day - gap <= :today - 60) then count end), 0
    ) as days_30_to_60,
    coalesce(
        sum(case when day > :today - 90 and (gap = 0 or day - gap <= :today - 90) then count end), 0
    ) as days_0_to_90,
    coalesce(
        sum(case when day <= :today - 90 and day > :today - 180 and (gap = 0 or day - gap <= :today - 180) then count end), 0
    ) as days_90_to_180,
    coalesce(
        sum(case when day <= :today - 7 and day > :today - 30 and (gap = 0 or day - gap <= :today - 30) then count end), 0
    ) as days_7_to_30,
    coalesce(
        sum(case when day <= :today - 14 and day > :today - 30 and (gap = 0 or day - gap <= :today - 30) then count end), 0
    ) as days_14_to_30,
    coalesce(
        sum(case when day <= :today - 7 and day > :today - 90 and (gap = 0 or day - gap <= :today - 90) then count end), 0
    ) as days_7_to_90,
    coalesce(
        sum(case when day <= :today - 14 and day > :today - 90 and (gap = 0 or day - gap <= :today - 90) then count end), 0
    ) as days_14_to_90,
    coalesce(
        sum(case when day <= :today - 30 and day > :today - 90 and (gap = 0 or day - gap <= :today - 90) then count end), 0
    ) as days_30_to_90,
    coalesce(
        sum(case when day <= :today - 60 and day > :today - 90 and (gap = 0 or day - gap <= :today - 90) then count end), 0
    ) as days_60_to_90
from visit_counts
where cohort = :cohort and what = :what and day > :today - 180;

-- name: visited_ever(cohort, what, today)
-- How many people ever did something, and how many had until so many days ago.
select
    coalesce(sum(count), 0) as from_day_0,
    coalesce(sum(case when day <= :today - 7 then count end), 0) as from_day_7,
    coalesce(sum(case when day <= :today - 14 then count end), 0) as from_day_14,
    coalesce(sum(case when day <= :today - 30 then count end), 0) as from_day_30,
    coalesce(sum(case when day <= :today - 60 then count end), 0) as from_day_60,
    coalesce(sum(case when day <= :today - 90 then count end), 0) as from_day_90,
    coalesce(sum(case when day <= :today - 180 then count end), 0) as from_day_180
from visit_counts
where cohort = :cohort and what = :what and gap = 0;

-- name: minutes_between(cohort, item, since, until)
-- How many took how many minutes to a milestone that they came to from one day to another.
select minutes, cast(sum(count) as bigint) as count
from pass_counts
where cohort = :cohort and item = :item and day between :since and :until
group by minutes
order by minutes;

-- name: passed_by_day(cohort, item)
-- How many came to a milestone on each day; not those on which only people came who left since.
select day, cast(sum(count) as bigint) as count
from pass_counts
where cohort = :cohort and item = :item
group by day
having sum(count) > 0
order by day;

-- name: right_between(cohort, since, until)
-- First answers from one day to another: how many, and how many were right when they came.
select coalesce(sum(correct), 0) as correct, coalesce(sum(count), 0) as count
from hour_counts
where cohort = :cohort and day between :since and :until;

-- name: right_ever(cohort)
-- The same of all days.
select coalesce(sum(correct), 0) as correct, coalesce(sum(count), 0) as count
from answer_counts
where cohort = :cohort and is_first = 1;

-- name: hours_between(cohort, since, until)
-- How many first answers came in each hour of the week, from one day to another.
select hour, cast(sum(count) as bigint) as count
from hour_counts
where cohort = :cohort and day between :since and :until
group by hour
order by hour;

-- name: reached_since(cohort, since)
-- How many of those who joined on a day or later came to each milestone.
select item, cast(sum(count) as bigint) as count
from reach_counts
where cohort = :cohort and since >= :since
group by item;

-- name: first_answers(cohort)
-- First answers to every question by options and standing, and how many of them were right when they came.
select
    question,
    options,
    standing,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from answer_counts
where cohort = :cohort and is_first = 1
group by question, options, standing
having sum(count) <> 0;

-- name: first_answers_to(cohort, question)
-- The same for one question.
select
    question,
    options,
    standing,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from answer_counts
where cohort = :cohort and is_first = 1 and question = :question
group by question, options, standing
having sum(count) <> 0;

-- name: rights(cohort)
-- First answers to every question, and how many were right when they came.
select question, cast(sum(count) as bigint) as count, cast(sum(correct) as bigint) as correct
from answer_counts
where cohort = :cohort and is_first = 1
group by question
having sum(count) <> 0;

-- name: median_times(enough)
-- Seconds that half of the first answers to each question took at most, where there are enough of them.
select question, min(took) as took
from (
    select
        question,
        took,
        sum(sum(count)) over (partition by question order by took) as until,
        sum(sum(count)) over (partition by question) as whole
    from time_counts
    group by question, took
) as added_up
where 2 * until >= whole and whole >= :enough
group by question;

-- name: times_of_question(question)
-- How many first answers took how many seconds.
select took, cast(sum(count) as bigint) as count
from time_counts
where question = :question
group by took
order by took;
