-- One row a report that states how requests ended or how disputes were decided: shares between 0 and 1; null where a number for it is not
-- stated, or not exactly.
-- Compare only within one series: the forms count replies and endings differently (see comparability). A sum stands in for a row that the form
-- has not only where all its parts are stated. A part that the report states as more than its whole has no share: see discrepancies. A body
-- has more than one report on a year where it reports under two names: body_years has one.
-- 每份载明申请办理结果或争议结果的报告一行：比率（0至1）；缺数、非确数或部分大于总数者为空。同一机关以两个名称报告同一年度者有多行，body_years仅取其一。各版格式口径不同，仅可在同一序列内比较；表中无合计者以全部分项之和代之。
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
WITH stated AS (
    SELECT f.report_id, r.generation, f.indicator_id, f.value
    FROM facts f
    JOIN reports r USING (report_id)
    WHERE f.is_primary AND f.period = 'year' AND f.applicant_type = 'total' AND f.qualifier = 'exact'
),
numbers AS (
    SELECT
        report_id,
        max(value) FILTER (indicator_id = 'request.outcome.total') AS ended,
        max(value) FILTER (indicator_id = 'request.outcome.granted') AS granted,
        max(value) FILTER (indicator_id = 'request.outcome.partial') AS partial,
        max(value) FILTER (indicator_id = 'request.outcome.denied') AS denied,
        sum(value) FILTER (indicator_id IN ('reconsideration.upheld', 'reconsideration.corrected', 'reconsideration.other'))
            AS reconsidered,
        count(*) FILTER (indicator_id IN ('reconsideration.upheld', 'reconsideration.corrected', 'reconsideration.other'))
            AS reconsidered_count,
        max(value) FILTER (indicator_id = 'reconsideration.corrected') AS reconsidered_corrected
    FROM stated
    GROUP BY report_id
),
-- The rows of each form that add up; a sentence may state rows of another form beside them, which would count twice. The provinces' forms of
-- 2008 have more grounds of refusal than the catalogue: theirs add up to nothing.
rows_of AS (
    SELECT
        indicator_id,
        generation,
        CASE
            WHEN starts_with(indicator_id, 'request.outcome.denied.') AND generation <> '2008' THEN 'denied'
            WHEN regexp_matches(indicator_id, '^litigation(\.direct|\.after_reconsideration)?\.(upheld|corrected|other)$') THEN 'litigated'
        END AS part_of
    FROM (SELECT indicator_id, unnest(string_split(generations, '|')) AS generation FROM indicators)
    WHERE part_of IS NOT NULL
),
wanted AS (
    SELECT generation, part_of, count(*) AS row_count FROM rows_of GROUP BY generation, part_of
),
added AS (
    SELECT
        s.report_id,
        o.part_of,
        sum(s.value) AS value,
        sum(s.value) FILTER (ends_with(s.indicator_id, '.corrected')) AS corrected
    FROM stated s
    JOIN rows_of o USING (indicator_id, generation)
    JOIN wanted w USING (generation, part_of)
    GROUP BY s.report_id, o.part_of, w.row_count
    HAVING count(*) = w.row_count
),
sums AS (
    SELECT
        n.report_id,
        s.series,
        n.ended,
        n.granted,
        n.partial,
        coalesce(n.denied, d.value) AS denied,
        CASE WHEN n.reconsidered_count = 3 THEN n.reconsidered END AS reconsidered,
        n.reconsidered_corrected,
        l.value AS litigated,
        l.corrected AS lost
    FROM numbers n
    JOIN reports r USING (report_id)
    LEFT JOIN added d ON d.report_id = n.report_id AND d.part_of = 'denied'
    LEFT JOIN added l ON l.report_id = n.report_id AND l.part_of = 'litigated'
    LEFT JOIN series s ON s.generation = r.generation AND s.indicator_id = 'request.outcome.granted'
)
SELECT
    s.report_id,
    b.body_id,
    r.year,
    s.series,
    s.ended AS requests_ended,
    CASE WHEN s.granted <= s.ended THEN s.granted / nullif(s.ended, 0) END AS grant_rate,
    CASE WHEN s.partial <= s.ended THEN s.partial / nullif(s.ended, 0) END AS partial_rate,
    CASE WHEN s.denied <= s.ended THEN s.denied / nullif(s.ended, 0) END AS denial_rate,
    s.reconsidered AS reconsiderations_decided,
    s.reconsidered_corrected / nullif(s.reconsidered, 0) AS correction_rate,
    s.litigated AS lawsuits_decided,
    s.lost / nullif(s.litigated, 0) AS loss_rate
FROM sums s
JOIN reports r USING (report_id)
LEFT JOIN body_reports b USING (report_id)
WHERE s.ended IS NOT NULL OR s.reconsidered IS NOT NULL OR s.litigated IS NOT NULL
