-- Facts and reports say since when they stand as they do: at first since the run that wrote them.
ALTER TABLE main.facts ADD COLUMN valid_from TIMESTAMP;
UPDATE main.facts SET valid_from = r.ended_at FROM main.runs r WHERE r.run_id = facts.run_id;
UPDATE main.facts SET valid_from = (SELECT min(ended_at) FROM main.runs) WHERE valid_from IS NULL;
ALTER TABLE main.facts ALTER COLUMN valid_from SET NOT NULL;
ALTER TABLE main.reports ADD COLUMN valid_from TIMESTAMP;
UPDATE main.reports SET valid_from = r.ended_at FROM main.runs r WHERE r.run_id = reports.run_id;
UPDATE main.reports SET valid_from = (SELECT min(ended_at) FROM main.runs) WHERE valid_from IS NULL;
ALTER TABLE main.reports ALTER COLUMN valid_from SET NOT NULL;
-- An address's state was a hash that the code entered, too; the code now stands by itself, a row a document.
UPDATE internal.inputs SET state = '';
