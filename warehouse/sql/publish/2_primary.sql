-- The documents of each affected report, the one to believe first.
-- Official before mirror: fetched from a .gov.cn host, or from no known address and in Mainland wording.
-- Current before superseded: the bytes that its address still held when it was last read.
-- Then later before earlier: by date of publication, the pages of a document that was cut in their order, then by the
-- time of fetching that the manifest gives.
CREATE OR REPLACE TEMP TABLE ranked AS
WITH candidates AS (
    SELECT
        r.report_id,
        r.document_id,
        r.published_on,
        coalesce(d.page, 1) AS page,
        CASE
            WHEN d.url IS NULL THEN d.wording IS NOT DISTINCT FROM 'mainland'
            ELSE regexp_matches(d.url, '^https?://([^/?#]*\.)?gov\.cn(:\d+)?([/?#]|$)', 'i')
        END AS official,
        i.document_id IS NOT NULL AS current,
        i.declared_at
    FROM w.internal.reports r
    JOIN w.main.documents d USING (document_id)
    LEFT JOIN (
        SELECT document_id, max(declared_at) AS declared_at FROM w.internal.inputs GROUP BY document_id
    ) i USING (document_id)
    WHERE r.report_id IN (SELECT report_id FROM affected)
)
SELECT
    report_id,
    document_id,
    current,
    row_number() OVER (
        PARTITION BY report_id
        ORDER BY official DESC, current DESC, published_on DESC NULLS LAST, page, declared_at DESC NULLS LAST, document_id
    ) AS place
FROM candidates;
