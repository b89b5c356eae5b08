-- For SQLite in memory alone, so these are not in queries/, which both databases run.

-- name: create_course_pages()#
create virtual table course_pages using fts5 (
    target unindexed, part unindexed, title, body, tokenize = 'porter unicode61 remove_diacritics 2'
);

-- name: add_course_pages(target, part, title, body)*!
insert into course_pages (target, part, title, body) values (:target, :part, :title, :body);

-- name: match_course_pages(words)
select
    target,
    part,
    -bm25(course_pages, 0, 0, 2, 1) as score
from course_pages
where course_pages match :words;
