-- What the warehouse keeps for itself: a row per document where the public table has one per report, and what each
-- address of the input held when it was last read.
CREATE SCHEMA IF NOT EXISTS internal;
CREATE TABLE IF NOT EXISTS internal.inputs (
    source_ref VARCHAR NOT NULL,
    document_id VARCHAR,       -- null where no bytes could be read
    state VARCHAR NOT NULL,    -- hash of the bytes and of what the manifest says
    declared_at TIMESTAMP      -- when the manifest says that it was fetched, in UTC
);
-- The search index: see sql/derive/search_texts.sql.
CREATE TABLE IF NOT EXISTS internal.search_texts (
    text_no INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    characters INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS internal.search_postings (
    term BIGINT NOT NULL,
    text_no INTEGER NOT NULL,
    occurrences INTEGER NOT NULL
);
-- What tells which reports bear on each other: see sql/derive/families.sql and figures.sql.
CREATE TABLE IF NOT EXISTS internal.families (report_id VARCHAR NOT NULL, family_id VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS internal.figures (report_id VARCHAR NOT NULL, vector VARCHAR NOT NULL, numbers BIGINT NOT NULL);
-- Which documents share a file of the export, and the run that last touched it: see shelves.py.
CREATE TABLE IF NOT EXISTS internal.shelves (document_id VARCHAR NOT NULL, shelf INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS internal.shelved (name VARCHAR NOT NULL, shelf INTEGER NOT NULL, run_id VARCHAR NOT NULL);
-- What made each document's rows: the fingerprints of its cleaning and its parsing, with what was declared of it.
CREATE TABLE IF NOT EXISTS internal.made (
    document_id VARCHAR NOT NULL,
    media_type VARCHAR,        -- as declared, not as found
    charset VARCHAR,           -- likewise
    clean VARCHAR NOT NULL,
    parse VARCHAR NOT NULL
);
-- What each fingerprint stands for.
CREATE TABLE IF NOT EXISTS internal.ingredients (
    fingerprint VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
-- The fingerprint of what published last, and the number of the schema: a row each.
CREATE TABLE IF NOT EXISTS internal.published (fingerprint VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS internal.version (number INTEGER NOT NULL);
