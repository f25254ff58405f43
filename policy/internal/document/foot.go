package document

// accepted lists findings of the checks that are known and meant.
func (w *writer) accepted() {
	if len(w.file.Accept) == 0 {
		return
	}
	w.heading("已知并接受的检查结果", "Findings that are accepted")
	t := table(w.say("检查代码", "Finding"), w.say("位置", "Where"), w.say("理由", "Reason"))
	for i := range w.file.Accept {
		a := &w.file.Accept[i]
		where := w.say("全文", "the whole file")
		if a.Where.Value != "" {
			where = "`" + a.Where.Value + "`"
		}
		t.row("`"+a.Code.Value+"`", where, a.Reason.Value)
	}
	w.write(t)
}

// signatures leaves room for those who sign.
func (w *writer) signatures() {
	w.heading("签署", "Signatures")
	t := table("", w.say("姓名", "Name"), w.say("签字", "Signature"), w.say("日期", "Date"))
	for _, who := range []both{{"编制", "Drawn up"}, {"审核", "Checked"}, {"批准", "Approved"}} {
		t.row(w.say(who.zh, who.en), " ", " ", " ")
	}
	w.write(t)
}
