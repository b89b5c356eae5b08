-- name: count_answer(learner, question, ordinal, options, is_first)!
-- Counts an answer that is about to be appended; one that is there already is not counted twice.
insert into answer_counts (question, options, is_first, count)
select
    cast(:question as text) as question,
    cast(:options as text) as options,
    cast(:is_first as smallint) as is_first,
    1 as count
where
    not exists (
        select 1
        from attempts
        where learner = :learner and question = cast(:question as text) and ordinal = :ordinal
    )
on conflict (question, options, is_first) do update set count = answer_counts.count + 1;

-- name: count_reading(learner, item)!
-- Counts a reading that is about to be appended; one that is there already is not counted twice.
insert into reading_counts (item, count)
select
    cast(:item as text) as item,
    1 as count
where
    not exists (
        select 1
        from readings
        where learner = :learner and item = cast(:item as text)
    )
on conflict (item) do update set count = reading_counts.count + 1;

-- name: answer_counts()
-- Every count of answers as it was kept.
select question, options, is_first, count
from answer_counts
order by question, options, is_first;

-- name: answer_recount()
-- The same, counted anew from the facts.
select
    question,
    options,
    case when ordinal = 1 then 1 else 0 end as is_first,
    count(*) as count
from attempts
group by question, options, case when ordinal = 1 then 1 else 0 end
order by question, options, is_first;

-- name: reading_counts()
-- Every count of readings as it was kept.
select item, count
from reading_counts
order by item;

-- name: reading_recount()
-- The same, counted anew from the facts.
select
    item,
    count(*) as count
from readings
where item not like '%#%'
group by item
order by item;
