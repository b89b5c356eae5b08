-- name: find_wrong_counts(kind)
-- Fetches by how much the counters of a kind differ from the facts; one statement, so that it sees a consistent snapshot.
select
    cohort,
    kind,
    item,
    day,
    number,
    options,
    cast(sum(count) as bigint) as count,
    cast(sum(correct) as bigint) as correct
from (
    select
        0 as cohort,
        kind,
        item,
        day,
        number,
        options,
        count(*) as count,
        sum(correct) as correct
    from shares
    where kind = cast(:kind as text)
    group by kind, item, day, number, options
    union all
    select
        counted.cohort,
        shares.kind,
        shares.item,
        shares.day,
        shares.number,
        shares.options,
        count(*) as count,
        sum(shares.correct) as correct
    from shares
    inner join counted on shares.learner = counted.learner
    where shares.kind = cast(:kind as text) and shares.kind not in ('time', 'reading')
    group by counted.cohort, shares.kind, shares.item, shares.day, shares.number, shares.options
    union all
    select
        cohort,
        kind,
        item,
        day,
        number,
        options,
        -count as count,
        -correct as correct
    from counts
    where gone = 0 and kind = cast(:kind as text)
) as both_sides
group by cohort, kind, item, day, number, options
having sum(count) <> 0 or sum(correct) <> 0;

-- name: mend_count(cohort, kind, item, day, number, options, count, correct)!
-- Adds such a difference to the counter.
insert into counts (cohort, kind, item, day, number, options, gone, count, correct)
values (:cohort, :kind, :item, :day, :number, :options, 0, :count, :correct)
on conflict (cohort, kind, item, day, number, options, gone) do update set
    count = counts.count + excluded.count,
    correct = counts.correct + excluded.correct;

-- name: fetch_miscounted_learners()
-- Fetches learners who are counted in other cohorts than they belong to.
select distinct learner
from moves
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
