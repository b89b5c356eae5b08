-- A message in a facilitator's chat in which a learner's question stands. When the request is gone, as its learner's data was
-- deleted, the message is deleted, too: nothing here refers to the request, so that the row outlives it. Kept for 48 hours at most.
create table shown_questions (
    chat bigint not null,
    message_id bigint not null,
    request bigint not null,
    at bigint not null,          -- when the message was sent, or last changed
    primary key (chat, message_id, request)
);
