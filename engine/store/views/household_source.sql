-- title: 核对报告（来源）
-- column: text 核查编号
-- column: text 来源单位
-- column: text 核对项目
-- column: date 数据截止
-- column: number 次序
-- column: text 结果
-- One row a household and a source, as its family may read it: tips are no source. 次序: 0 records
-- that led to a flag or a tag, 1 records, 2 none, 3 not checked, 4 nothing was delivered. Of runs that
-- did not say what they found, 2 is "none to be asked about". ?3: a JSON array of households.
-- (CROSS JOIN: from the chosen on, who are a few; SQLite would rather walk the county.)
WITH chosen AS (
    SELECT h.number, h.id, n.people, json_array_length(n.people) AS size, s.found
    FROM household h JOIN household_now n ON n.household = h.number
        LEFT JOIN searched_now s ON s.household = h.number
    WHERE (?2 IS NULL OR n.town_code = ?2) AND h.id IN (SELECT value FROM json_each(?3))),
-- registers for the inspector alone, and what nothing but tips has rested on; most are settled by the
-- first row that is no tip's
tip AS (
    SELECT feed FROM trait WHERE hidden
    UNION
    SELECT f.feed FROM (SELECT DISTINCT feed FROM delivery) f
    WHERE CASE WHEN EXISTS (
              SELECT 1 FROM delivery d CROSS JOIN evidence e ON e.delivery = d.number
                  CROSS JOIN flag_version v ON v.number = e.version
                  CROSS JOIN flag g ON g.number = v.flag
                  CROSS JOIN run_rule x ON x.run = ?1 AND x.id = g.rule
                  CROSS JOIN rule u ON u.number = x.rule
              WHERE d.feed = f.feed AND u.category <> 12) THEN 0
          ELSE EXISTS (
              SELECT 1 FROM delivery d CROSS JOIN evidence e ON e.delivery = d.number
                  CROSS JOIN flag_version v ON v.number = e.version
                  CROSS JOIN flag g ON g.number = v.flag
                  CROSS JOIN run_rule x ON x.run = ?1 AND x.id = g.rule
              WHERE d.feed = f.feed) END),
source AS (
    SELECT d.feed, d.source, d.title, min(x.n) AS place, max(d.cut_off) AS cut_off,
           max(x.verdict IN ('accepted', 'warned', 'held')) AS used,
           max(x.verdict = 'refused') AS refused
    FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt
        JOIN delivery d ON d.number = x.delivery
    WHERE r.number = ?1 AND d.feed NOT IN (SELECT feed FROM trait WHERE part <> '')
        AND d.feed NOT IN (SELECT feed FROM tip)
    GROUP BY d.feed, d.source, d.title),
asked AS (
    SELECT DISTINCT c.id, d.feed
    FROM chosen c CROSS JOIN flag f ON f.household = c.number CROSS JOIN mark_now m ON m.flag = f.number
        CROSS JOIN evidence e ON e.version = m.version AND e.line > 0
        JOIN delivery d ON d.number = e.delivery
        JOIN run_rule x ON x.run = ?1 AND x.id = f.rule
        JOIN rule u ON u.number = x.rule AND u.shown = 'everywhere' AND u.category <> 12
    WHERE m.kind NOT IN ('gone', 'not_checked')
      AND (e.person = '' OR EXISTS (SELECT 1 FROM json_each(c.people) p
                                    WHERE p.value ->> 'name' = e.person))),
-- one a person: what searched says, and of runs that did not say it, who authorised at all
person AS (
    SELECT c.id, s.feed, p.key AS place, p.value ->> 'name' AS name, p.value ->> 'counted' AS counted,
           coalesce(substr(c.found ->> s.feed, p.key + 1, 1),
                    CASE WHEN p.value ->> 'authorised' THEN '.' ELSE 'u' END) AS code
    FROM chosen c JOIN source s ON s.used, json_each(c.people) p),
seen AS (
    SELECT id, feed, max(code IN ('r', 'R', 'w', 'W')) AS records, max(code IN ('r', 'R')) AS sure,
           min(code = 'u') AS nobody, max(code = '.') AS searched, max(counted AND code NOT IN ('.', 'r', 'w')) AS unseen,
           group_concat(CASE WHEN code IN ('r', 'R', 'w', 'W') THEN name END, '、') AS names
    FROM (SELECT * FROM person ORDER BY id, feed, place) GROUP BY id, feed),
-- why something stayed open: people who were not looked for, then what could not be read
doubt AS (
    SELECT p.id, p.feed, CASE p.code WHEN 'u' THEN 'not_authorised' WHEN 'a' THEN 'not_asked'
                                     WHEN 'n' THEN 'not_answered' ELSE 'rejected_row' END AS reason,
           p.name, '' AS lacks
    FROM person p CROSS JOIN chosen c ON c.id = p.id AND c.found IS NOT NULL
    WHERE p.code IN ('n', 'x', 'R', 'W') OR (p.counted AND p.code IN ('u', 'a'))
    UNION ALL
    SELECT c.id, s.feed, 'caseload', '', '' FROM chosen c JOIN source s ON s.used
    WHERE c.found ->> '*' IS NOT NULL
    UNION ALL
    SELECT c.id, a.source, a.reason, a.person, ''
    FROM chosen c CROSS JOIN cause a ON a.household = c.number
        CROSS JOIN cause_now o ON o.cause = a.number AND o.open = 1
        JOIN run_rule x ON x.run = ?1 AND x.id = a.rule
        JOIN rule u ON u.number = x.rule AND u.shown = 'everywhere'
    WHERE a.reason <> 'no_record' -- that it has none is what the source itself says
      AND (c.found IS NULL
           OR a.reason NOT IN ('not_authorised', 'not_asked', 'not_answered', 'rejected_row'))
    UNION ALL
    SELECT c.id, g.source, g.reason, '', CASE WHEN g.field_title <> '' THEN '“' || g.field_title || '”' ELSE '' END
    FROM chosen c CROSS JOIN household_gap g ON g.household = c.number
        JOIN run_rule x ON x.run = ?1 AND x.id = g.rule
        JOIN rule u ON u.number = x.rule AND u.shown = 'everywhere'
    WHERE c.found IS NULL OR g.reason = 'no_column'),
open AS (
    SELECT id, feed, group_concat(CASE WHEN names IS NULL THEN '' ELSE names || '：' END || words, '；')
               AS words
    FROM (SELECT d.id, d.feed, coalesce(l.zh, d.reason) || d.lacks AS words, group_concat(d.name, '、') AS names
          FROM (SELECT DISTINCT d.id, d.feed, d.reason, d.lacks, p.value ->> 'name' AS name
                FROM doubt d JOIN chosen c ON c.id = d.id
                    LEFT JOIN json_each(c.people) p ON p.value ->> 'name' = d.name
                ORDER BY d.id, d.feed, d.reason, d.lacks, p.key) d
              LEFT JOIN label l ON l.kind = 'CAUSE' AND l.code = d.reason
          GROUP BY d.id, d.feed, d.reason, d.lacks
          ORDER BY d.id, d.feed, names IS NULL, d.reason, d.lacks)
    GROUP BY id, feed),
told AS (
    SELECT c.id, c.size, c.found, s.feed, s.source, s.title, s.place, s.used, s.refused,
           CASE WHEN s.used THEN s.cut_off END AS cut_off, n.names, n.sure,
           c.found IS NOT NULL AND n.searched AS searched, o.words,
           CASE WHEN NOT s.used THEN CASE WHEN s.refused THEN 3 ELSE 4 END
                WHEN n.nobody THEN 3 WHEN a.id IS NOT NULL THEN 0 WHEN n.records THEN 1
                WHEN c.found IS NULL AND o.id IS NOT NULL THEN 3
                WHEN c.found IS NOT NULL AND (n.unseen OR c.found ->> '*' IS NOT NULL) THEN 3
                ELSE 2 END AS outcome
    FROM chosen c JOIN source s LEFT JOIN asked a ON a.id = c.id AND a.feed = s.feed
        LEFT JOIN seen n ON n.id = c.id AND n.feed = s.feed
        LEFT JOIN open o ON o.id = c.id AND o.feed = s.feed)
SELECT id, source, title, cut_off, outcome,
       CASE WHEN outcome < 2
            THEN '有记录'
                || CASE WHEN names IS NULL OR (size = 1 AND sure) THEN ''
                        ELSE '（' || CASE WHEN size > 1 THEN names ELSE '' END
                             || CASE WHEN size > 1 AND NOT sure THEN '，' ELSE '' END
                             || CASE WHEN sure THEN '' ELSE '是否本人须核实' END || '）' END
                || CASE WHEN words IS NULL THEN '' ELSE '；未核对（' || words || '）' END
            WHEN outcome = 2
            THEN CASE WHEN found IS NULL THEN '无疑点记录' ELSE '无记录' END
                || CASE WHEN words IS NULL THEN '' ELSE '；未核对（' || words || '）' END
            ELSE '未核对（'
                || CASE WHEN used THEN coalesce(words, (SELECT zh FROM label WHERE kind = 'CAUSE'
                                                          AND code = 'not_authorised'))
                                       || CASE WHEN searched THEN '；其他人无记录' ELSE '' END
                        ELSE (SELECT zh FROM label WHERE kind = 'CAUSE'
                                AND code = CASE WHEN refused THEN 'refused' ELSE 'not_supplied' END)
                        END || '）' END
FROM told ORDER BY id, outcome, place, feed;
