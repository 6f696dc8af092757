// Readings that several targets share. Each is the encoding's decision, not the directive's words.

/** The number stands alone ("Khoán bảo vệ rừng 407.030ha"). */
export const noWord = {
  vi: 'Văn bản chỉ nêu con số, không có từ so sánh; hiểu là phấn đấu đạt ít nhất mức này.',
  en: 'The text gives the number without a comparing word; read as at least this level.',
} as const

/** "chiếm 17,66%, giảm 0,42%": the stated change says which side is wanted. */
export const byDirection = {
  vi: 'Văn bản chỉ nêu "chiếm"; chiều tăng hay giảm nêu kèm quyết định cách so sánh. Thay đổi của tỷ trọng tính bằng điểm phần trăm.',
  en: 'The text only says "accounts for"; the stated direction of change decides the comparison. The change of a share is in percentage points.',
} as const

/** "đạt danh hiệu", "đạt chuẩn", "đạt Tiêu chí": the word belongs to a name. */
export const titleWord = {
  vi: '"Đạt" là một phần của tên gọi, không phải từ so sánh; hiểu là phấn đấu đạt ít nhất mức này.',
  en: '"Đạt" belongs to the name and compares nothing; read as at least this level.',
} as const

/** "124/129 xã, phường", "95/129 xã". */
export const ofAllCommunes = {
  vi: 'Số xã, phường, thị trấn đạt chuẩn trong 129 (xem điểm chưa thống nhất). Chữ "có" áp dụng cho cả hai vế.',
  en: 'The count of communes, wards and townships, of 129 (see the errata). The one "có" governs both parts.',
} as const
