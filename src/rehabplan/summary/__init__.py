"""The workbook for the meeting: looked at before it is read, printed as it is (Nghị định 30/2020/NĐ-CP)."""
