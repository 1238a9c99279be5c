-- What the warehouse keeps for itself: a row per document where the public table has one per report, and what each
-- address of the input held when it was last read.
CREATE SCHEMA IF NOT EXISTS internal;
CREATE TABLE IF NOT EXISTS internal.inputs (
    source_ref VARCHAR NOT NULL,
    document_id VARCHAR,       -- null where no bytes could be read
    state VARCHAR NOT NULL,    -- hash of the bytes, what the manifest says, and the code that read them
    declared_at TIMESTAMP      -- when the manifest says that it was fetched, in UTC
);
-- The search index: see sql/derive/search.sql.
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
