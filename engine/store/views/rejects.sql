-- title: 问题行清单（未采用）
-- column: text 来源单位
-- column: text 来源
-- column: text 来源文件
-- column: number 行号
-- column: number 字节位置
-- column: text 栏目
-- column: text 原因
-- column: text 原因代码
-- column: text 原值（掩码）
-- column: date 数据截止
-- column: text 核对批次
SELECT d.source, d.title, d.file, j.line, j.offset, j.column_name,
       coalesce((SELECT zh FROM label WHERE kind = 'REJECT' AND code = j.reason), j.reason),
       j.reason, j.excerpt, d.cut_off, r.id
FROM run r JOIN receipt_delivery x ON x.receipt = r.receipt JOIN delivery d ON d.number = x.delivery
    JOIN reject j ON j.delivery = d.number
WHERE r.number = ?1
ORDER BY x.n, j.n;
