-- name: fetch_file_id(bot, digest)
-- Fetches Telegram's file id for a content hash; no row if the file was never sent.
select file_id
from sent_files
where bot = :bot and digest = :digest;

-- name: save_file_id(bot, digest, file_id)!
-- Stores Telegram's latest file id for a content hash.
insert into sent_files (bot, digest, file_id)
values (:bot, :digest, :file_id)
on conflict (bot, digest) do update set file_id = :file_id;
