-- name: fetch_milestone_sums(cohort, item, today)
-- Fetches how many reached a milestone, by days ago: a column for each interval between the bounds of the day ranges.
select
    coalesce(sum(case when day > :today - 7 then count end), 0) as days_0_to_7,
    coalesce(sum(case when day <= :today - 7 and day > :today - 14 then count end), 0) as days_7_to_14,
    coalesce(sum(case when day <= :today - 14 and day > :today - 30 then count end), 0) as days_14_to_30,
    coalesce(sum(case when day <= :today - 30 and day > :today - 60 then count end), 0) as days_30_to_60,
    coalesce(sum(case when day <= :today - 60 and day > :today - 90 then count end), 0) as days_60_to_90,
    coalesce(sum(case when day <= :today - 90 and day > :today - 180 then count end), 0) as days_90_to_180,
    coalesce(sum(case when day <= :today - 180 then count end), 0) as from_day_180
from counts
where cohort = :cohort and kind = 'passed' and item = :item;

-- name: fetch_active_sums(cohort, item, today)
-- Fetches how many people were active, each counted once: in each day range, and in each part between two of them.
select
    coalesce(
        sum(case when day > :today - 7 and (number = 0 or day - number <= :today - 7) then count end), 0
    ) as days_0_to_7,
    coalesce(
        sum(case when day <= :today - 7 and day > :today - 14 and (number = 0 or day - number <= :today - 14) then count end), 0
    ) as days_7_to_14,
    coalesce(
        sum(case when day > :today - 30 and (number = 0 or day - number <= :today - 30) then count end), 0
    ) as days_0_to_30,
    coalesce(
        sum(case when day <= :today - 30 and day > :today - 60 and (number = 0 or day - number <= :today - 60) then count end), 0
    ) as days_30_to_60,
    coalesce(
        sum(case when day > :today - 90 and (number = 0 or day - number <= :today - 90) then count end), 0
    ) as days_0_to_90,
    coalesce(
        sum(case when day <= :today - 90 and day > :today - 180 and (number = 0 or day - number <= :today - 180) then count end), 0
    ) as days_90_to_180,
    coalesce(
        sum(case when day <= :today - 7 and day > :today - 30 and (number = 0 or day - number <= :today - 30) then count end), 0
    ) as days_7_to_30,
    coalesce(
        sum(case when day <= :today - 14 and day > :today - 30 and (number = 0 or day - number <= :today - 30) then count end), 0
    ) as days_14_to_30,
    coalesce(
        sum(case when day <= :today - 7 and day > :today - 90 and (number = 0 or day - number <= :today - 90) then count end), 0
    ) as days_7_to_90,
    coalesce(
        sum(case when day <= :today - 14 and day > :today - 90 and (number = 0 or day - number <= :today - 90) then count end), 0
    ) as days_14_to_90,
    coalesce(
        sum(case when day <= :today - 30 and day > :today - 90 and (number = 0 or day - number <= :today - 90) then count end), 0
    ) as days_30_to_90,
    coalesce(
        sum(case when day <= :today - 60 and day > :today - 90 and (number = 0 or day - number <= :today - 90) then count end), 0
    ) as days_60_to_90
from counts
where cohort = :cohort and kind = 'visit' and item = :item and day > :today - 180;

-- name: fetch_ever_active_sums(cohort, item, today)
-- Fetches how many people were ever active, and how many had been by so many days ago.
select
    coalesce(sum(count), 0) as from_day_0,
    coalesce(sum(case when day <= :today - 7 then count end), 0) as from_day_7,
    coalesce(sum(case when day <= :today - 14 then count end), 0) as from_day_14,
    coalesce(sum(case when day <= :today - 30 then count end), 0) as from_day_30,
    coalesce(sum(case when day <= :today - 60 then count end), 0) as from_day_60,
    coalesce(sum(case when day <= :today - 90 then count end), 0) as from_day_90,
    coalesce(sum(case when day <= :today - 180 then count end), 0) as from_day_180
from counts
where cohort = :cohort and kind = 'visit' and item = :item and number = 0;

-- name: fetch_milestone_minutes(cohort, item, since, until)
-- Fetches the minutes to a milestone, with counts, of those who reached it between two days.
select number as minutes, cast(sum(count) as bigint) as count
from counts
where cohort = :cohort and kind = 'passed' and item = :item and day between :since and :until
group by number
order by number;

-- name: fetch_milestones_by_day(cohort, item)
-- Fetches how many reached a milestone on each day; days with a sum of 0 are left out.
select day, cast(sum(count) as bigint) as count
from counts
where cohort = :cohort and kind = 'passed' and item = :item
group by day
having sum(count) > 0
order by day;

-- name: fetch_right_answers_between(cohort, since, until)
-- Fetches the number of first answers between two days, and of those that were right when given.
select coalesce(sum(correct), 0) as correct, coalesce(sum(count), 0) as count
from counts
where cohort = :cohort and kind = 'hour' and item = '' and day between :since and :until;

-- name: fetch_right_answers_ever(cohort)
-- Like `fetch_right_answers_between`, for all days.
select coalesce(sum(correct), 0) as correct, coalesce(sum(count), 0) as count
from counts
where cohort = :cohort and kind = 'first answer';

-- name: fetch_answer_hours(cohort, since, until)
-- Fetches the number of first answers in each local hour of the week, between two days.
select number as hour, cast(sum(count) as bigint) as count
from counts
where cohort = :cohort and kind = 'hour' and item = '' and day between :since and :until
group by number
order by number;

-- name: fetch_reached_since(cohort, since)
-- Fetches how many of those who joined on a day or later reached each milestone.
select item, cast(sum(count) as bigint) as count
from counts
where cohort = :cohort and kind = 'reached' and day >= :since
group by item;

-- name: fetch_first_answers(cohort)
-- Fetches first answers to every question by options and prior score, with how many were right when given.
select
    item as question,
    options,
    number as standing,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from counts
where cohort = :cohort and kind = 'first answer'
group by item, options, number
having sum(count) <> 0;

-- name: fetch_first_answers_to(cohort, question)
-- Like `fetch_first_answers`, for one question.
select
    item as question,
    options,
    number as standing,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from counts
where cohort = :cohort and kind = 'first answer' and item = :question
group by item, options, number
having sum(count) <> 0;

-- name: fetch_right_counts(cohort)
-- Fetches the number of first answers to every question, and of those that were right when given.
select item as question, cast(sum(count) as bigint) as count, cast(sum(correct) as bigint) as correct
from counts
where cohort = :cohort and kind = 'first answer'
group by item
having sum(count) <> 0;

-- name: fetch_median_times(enough)
-- Fetches the median seconds of first answers to each question, where there are enough of them.
select question, min(took) as took
from (
    select
        item as question,
        number as took,
        sum(sum(count)) over (partition by item order by number) as until,
        sum(sum(count)) over (partition by item) as whole
    from counts
    where cohort = 0 and kind = 'time'
    group by item, number
) as added_up
where 2 * until >= whole and whole >= :enough
group by question;

-- name: fetch_answer_times(question)
-- Fetches the seconds of first answers to a question, with counts.
select number as took, cast(sum(count) as bigint) as count
from counts
where cohort = 0 and kind = 'time' and item = :question
group by number
order by number;
