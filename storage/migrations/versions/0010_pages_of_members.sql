-- Members of a cohort are read in pages by learner: each page begins where the last one ended, without a look at the others.
drop index memberships_of_cohort;
create index memberships_of_cohort on memberships (cohort, learner);
