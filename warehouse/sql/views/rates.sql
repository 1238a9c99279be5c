-- One row a report that states how requests ended or how disputes were decided: shares between 0 and 1; null where a number for it is not stated.
-- Compare only within one series: the forms count replies and endings differently (see comparability). A sum stands in for a row that the form
-- has not only where all its parts are stated.
-- 每份载明申请办理结果或争议结果的报告一行：比率（0至1）；缺数者为空。各版格式口径不同，仅可在同一序列内比较；表中无合计者以全部分项之和代之。
-- report_id: Report · 报告
-- body_id: Body · 机关
-- year: Year that the report is on · 报告年度
-- series: Rates of one series may be compared · 同一序列内可比
-- requests_ended: Replies or endings that the shares are of · 作为分母的答复数或办结数
-- grant_rate: Granted in full · 予以公开占比
-- partial_rate: Granted in part · 部分公开占比
-- denial_rate: Denied · 不予公开占比
-- reconsiderations_decided: Reconsiderations that ended · 已审结的行政复议
-- correction_rate: Corrected in reconsideration, of those that ended · 复议结果纠正占已审结比
-- lawsuits_decided: Lawsuits that ended · 已审结的行政诉讼
-- loss_rate: Lost by the body, of those that ended · 诉讼结果纠正占已审结比
WITH numbers AS (
    SELECT
        report_id,
        max(value) FILTER (indicator_id = 'request.outcome.total') AS ended,
        max(value) FILTER (indicator_id = 'request.outcome.granted') AS granted,
        max(value) FILTER (indicator_id = 'request.outcome.partial') AS partial,
        max(value) FILTER (indicator_id = 'request.outcome.denied') AS denied,
        sum(value) FILTER (starts_with(indicator_id, 'request.outcome.denied.')) AS denied_parts,
        count(*) FILTER (starts_with(indicator_id, 'request.outcome.denied.')) AS denied_part_count,
        sum(value) FILTER (indicator_id IN ('reconsideration.upheld', 'reconsideration.corrected', 'reconsideration.other'))
            AS reconsidered,
        count(*) FILTER (indicator_id IN ('reconsideration.upheld', 'reconsideration.corrected', 'reconsideration.other'))
            AS reconsidered_count,
        max(value) FILTER (indicator_id = 'reconsideration.corrected') AS reconsidered_corrected,
        sum(value) FILTER (regexp_matches(indicator_id, '^litigation(\.direct|\.after_reconsideration)?\.(upheld|corrected|other)$'))
            AS litigated,
        count(*) FILTER (regexp_matches(indicator_id, '^litigation(\.direct|\.after_reconsideration)?\.(upheld|corrected|other)$'))
            AS litigated_count,
        sum(value) FILTER (regexp_matches(indicator_id, '^litigation(\.direct|\.after_reconsideration)?\.corrected$')) AS lost
    FROM facts
    WHERE is_primary AND period = 'year' AND applicant_type = 'total'
    GROUP BY report_id
),
rows_of AS (
    SELECT
        generation,
        count(*) FILTER (starts_with(indicator_id, 'request.outcome.denied.')) AS denied_rows,
        count(*) FILTER (regexp_matches(indicator_id, '^litigation(\.direct|\.after_reconsideration)?\.(upheld|corrected|other)$'))
            AS litigation_rows
    FROM (SELECT indicator_id, unnest(string_split(generations, '|')) AS generation FROM indicators)
    GROUP BY generation
),
sums AS (
    SELECT
        n.report_id,
        s.series,
        n.ended,
        n.granted,
        n.partial,
        coalesce(n.denied, CASE WHEN n.denied_part_count = o.denied_rows THEN n.denied_parts END) AS denied,
        CASE WHEN n.reconsidered_count = 3 THEN n.reconsidered END AS reconsidered,
        n.reconsidered_corrected,
        CASE WHEN n.litigated_count = o.litigation_rows THEN n.litigated END AS litigated,
        n.lost
    FROM numbers n
    JOIN reports r USING (report_id)
    LEFT JOIN rows_of o ON o.generation = r.generation
    LEFT JOIN series s ON s.generation = r.generation AND s.indicator_id = 'request.outcome.granted'
)
SELECT
    s.report_id,
    b.body_id,
    r.year,
    s.series,
    s.ended AS requests_ended,
    s.granted / nullif(s.ended, 0) AS grant_rate,
    s.partial / nullif(s.ended, 0) AS partial_rate,
    s.denied / nullif(s.ended, 0) AS denial_rate,
    s.reconsidered AS reconsiderations_decided,
    s.reconsidered_corrected / nullif(s.reconsidered, 0) AS correction_rate,
    s.litigated AS lawsuits_decided,
    s.lost / nullif(s.litigated, 0) AS loss_rate
FROM sums s
JOIN reports r USING (report_id)
LEFT JOIN body_reports b USING (report_id)
WHERE s.ended IS NOT NULL OR s.reconsidered IS NOT NULL OR s.litigated IS NOT NULL
