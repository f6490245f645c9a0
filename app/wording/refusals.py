"""Sentences of refusals and faults, one for each code.

Each sentence has the reason and the remedy.
"""

from collections.abc import Callable, Mapping
from string import Formatter

from app.models.enums import Action, Right, Role, Status
from app.models.errors import Fault, Refusal, Scalar
from app.wording.faults import FAULTS
from app.wording.guide import GUIDE_REFUSALS
from app.wording.law import LAW_REFUSALS
from app.wording.people import right_name, roles_text, wait_text
from app.wording.program.update import UPDATE_FAULTS, UPDATE_REFUSALS
from app.wording.received.refusals import SYNC_REFUSALS
from app.wording.received.sending import SYNC
from app.wording.status import action_name, status_name

_INTAKE = {
    "line_shape": 'Dòng này không phải một hồ sơ. Mỗi dòng là một đối tượng JSON, ví dụ {{"procedure": …}}.',
    "key_twice": "Dòng này ghi mục «{key}» hai lần, không biết lấy lần nào. Bỏ bớt một lần rồi gửi lại.",
    "line_not_json": "Dòng này không đọc được (không phải JSON đúng dạng). Sửa lại dòng rồi gửi lại; các dòng khác không bị ảnh hưởng.",
    "line_too_long": "Dòng này dài quá {limit} ký tự. Kiểm tra lại tệp.",
    "unknown_key": "Không có mục «{key}». Bỏ mục này hoặc sửa lại tên mục.",
    "missing": "Còn thiếu mục này. Nhập rồi lưu lại.",
    "wrong_type": "Mục này phải là {expected}. Sửa lại rồi gửi lại.",
    "out_of_range": "Giá trị phải từ {least} đến {most}. Sửa lại rồi lưu.",
    "text_too_long": "Nội dung dài {length} ký tự, quá {limit} ký tự cho phép. Rút ngắn lại.",
    "unknown_choice": "Không có lựa chọn «{text}». Chọn một trong: {allowed}.",
    "person_shape": "Thông tin người phải gồm họ tên, loại đối tượng và các mục khác. Nhập lại.",
    "kind_missing": "Chưa chọn loại đối tượng. Chọn một trong: {allowed}.",
    "unknown_kind": "Không có loại đối tượng «{text}». Chọn một trong: {allowed}.",
    "unknown_gender": "Giới tính «{text}» không đúng. Chọn một trong: {allowed}.",
    "name_missing": "Chưa có họ và tên. Nhập họ và tên rồi lưu lại.",
    "name_without_letters": "Họ và tên «{name}» không có chữ cái nào. Nhập lại họ và tên.",
    "letters_unseen": "Mục này có chữ không nhìn thấy được, hoặc quá nhiều dấu trên một chữ. Xóa hết rồi gõ lại bằng bàn phím.",
    "birth_date_shape": "Ngày sinh «{text}» không đúng. Nhập như 08/03/1999, 8/3/99, hoặc chỉ năm sinh.",
    "birth_date_future": "Ngày sinh «{text}» ở tương lai. Kiểm tra lại ngày sinh.",
    "birth_date_too_old": "Năm sinh «{text}» quá xa (trước {oldest}). Kiểm tra lại ngày sinh.",
    "unknown_procedure": "Không có thủ tục «{procedure}» trong danh mục của cơ quan. Chọn thủ tục khác hoặc nạp thêm danh mục.",
    "procedure_withdrawn": "Thủ tục {procedure} đã bãi bỏ từ ngày {day}, không tiếp nhận nữa. Chọn thủ tục khác.",
    "procedure_superseded": "Thủ tục {procedure} đã được thay bằng {successor} từ ngày {day}. Tiếp nhận theo mã {successor}.",
    "procedure_code": "Mã thủ tục «{text}» không đúng dạng, ví dụ 2.000815. Nhập lại mã.",
    "paper_needs_reason": "Giấy tờ «{paper}» không có trong thành phần hồ sơ của thủ tục. Ghi lý do nhận thêm, hoặc bỏ giấy tờ này.",
    "paper_shape": "Giấy tờ này ghi chưa đúng: cần tên, cách xử lý (nộp, xuất trình, tra cứu) và số bản.",
    "paper_handling": "Cách xử lý giấy tờ «{text}» không đúng. Chọn một trong: {allowed}.",
    "too_many_papers": "Một hồ sơ ghi được nhiều nhất {most} giấy tờ.",
    "term_shape": "Thời hạn phải gồm số (limit) và đơn vị (unit). Nhập lại thời hạn.",
    "term_limit_invalid": "Thời hạn «{limit}» không đúng. Nhập số từ 0 đến 1000; phần lẻ chỉ là 0,25, 0,5 hoặc 0,75; ngày lịch phải là số nguyên.",
    "term_zero": "Thời hạn 0 chỉ dùng cho thủ tục giải quyết ngay trong ngày. Sửa lại thời hạn.",
    "exempt_reason_missing": "Chưa ghi lý do miễn phí, lệ phí. Ghi đối tượng được miễn (người có công, hộ nghèo…), hoặc bỏ mục miễn.",
    "settled_by_bounded": "Thủ tục {procedure} không ghi là «không phụ thuộc địa giới» trong danh mục. Bỏ cơ quan giải quyết, hoặc sửa danh mục.",
    "settled_by_at_once": "Hồ sơ trả kết quả ngay không thể do cơ quan khác giải quyết. Bỏ một trong hai mục.",
    "alias_shape": "Mã hồ sơ nơi khác «{alias}» không có chữ hay số nào. Nhập lại mã.",
    "alias_taken": "Mã «{alias}» đã thuộc một hồ sơ khác. Tra cứu mã này trước khi tiếp nhận.",
    "blank_unknown": "«{code}» không phải giấy tiếp nhận in sẵn của cơ quan. Quét lại mã trên giấy.",
    "blank_used": "Giấy in sẵn {code} đã nhập thành hồ sơ. Tra cứu mã này.",
    "blank_spoilt": "Giấy in sẵn {code} đã hủy ({reason}). Tiếp nhận với một giấy khác, hoặc tiếp nhận như thường.",
    "blank_not_entered": "Giấy tiếp nhận in sẵn {code} chưa nhập vào máy. Nhập hồ sơ với mã này và giờ ghi trên giấy trước.",
    "blank_missing": "Giờ tiếp nhận ghi trước chỉ dùng cho giấy in sẵn. Nhập mã của giấy, hoặc bỏ giờ này.",
    "blank_hour_missing": "Chưa có giờ tiếp nhận ghi trên giấy in sẵn. Nhập ngày và giờ như trên giấy.",
    "instant_shape": "Thời điểm «{text}» không đúng, ghi dạng 2026-02-12T09:30. Nhập lại.",
    "blank_hour_future": "Giờ ghi trên giấy in sẵn muộn hơn bây giờ ({now}). Kiểm tra lại ngày và giờ.",
    "blank_hour_early": "Giờ ghi trên giấy sớm hơn lúc in giấy ({printed}) hoặc trước ngày trong mã ({day}). Kiểm tra lại ngày và giờ.",
    "blank_hour_old": "Giờ ghi trên giấy đã quá {days} ngày. Kiểm tra lại; nếu đúng, hủy giấy này rồi tiếp nhận mới, ghi rõ lý do ở ghi chú.",
    "blank_day_range": "Giấy in sẵn chỉ mang ngày hôm nay hoặc {days} ngày tới. Chọn lại ngày.",
    "blank_too_many": "Lúc này chỉ in sẵn được thêm {most} giấy cho ngày đó. In ít hơn, hoặc chờ ít phút.",
    "blank_reason_missing": "Chưa ghi lý do hủy giấy in sẵn. Ghi lý do rồi làm lại.",
    "replaces_unknown": "Không tìm thấy hồ sơ «{code}» để cấp thay. Kiểm tra lại mã.",
    "replaces_not_void": "Hồ sơ {code} chưa hủy, hoặc đã được cấp thay. Hủy hồ sơ sai trong ngày trước, rồi tiếp nhận lại.",
    "serial_exhausted": "Quầy {workstation} đã dùng hết {limit} số trong ngày. Tiếp nhận ở quầy khác.",
    "workstation_range": "Số quầy phải từ 1 đến 99. Sửa tệp cơ quan.",
    "hours_invalid": "Giờ làm việc «{text}» không đúng. Nhập dạng 07:30-11:30, giờ mở trước giờ đóng, các buổi không chồng nhau.",
    "calendar_never_open": "Không có ngày làm việc nào trong {searched} ngày sau ngày {day}. Kiểm tra giờ làm việc và lịch nghỉ của cơ quan.",
    "calendar_year_unknown": "Lịch không tính được cho năm {year}. Kiểm tra lại ngày đã nhập, hoặc ngày giờ của máy.",
    "agency_code": "Mã cơ quan «{text}» không đúng, ví dụ H29.12. Sửa lại.",
    "code_pattern": "Mẫu mã hồ sơ «{template}» không đúng. Cần mã cơ quan đứng đầu, một ngày, một số thứ tự từ 4 chữ số, như H29.12-270301-0001.",
    "code_pattern_long": "Mẫu mã hồ sơ «{template}» dài quá {most} ký tự nên không in được. Rút ngắn mẫu.",
    "rule_shape": "Dòng quy định này thiếu hoặc ghi sai một mục. Sửa lại: cần loại, khóa, giá trị, ngày hiệu lực và quyết định.",
    "rule_kind_unknown": "Chương trình chưa biết loại quy định «{text}» nên bỏ qua dòng này. Cập nhật chương trình để dùng.",
    "rule_ends_early": "Ngày cuối {last} trước ngày hiệu lực {first} nên quy định không bao giờ có hiệu lực. Sửa lại ngày.",
    "term_rule_whole_days": "Quy tắc thời hạn «{key}» đặt {limit} cho thủ tục {procedure} tính bằng ngày lịch. Ghi số nguyên, hoặc ghi đơn vị (unit) cho quy tắc.",
    "term_rule_longer": "Thời hạn của cơ quan ({office_limit}) trong quy tắc «{key}» dài hơn thời hạn theo luật ({limit}). Ghi thời hạn bằng hoặc ngắn hơn.",
    "rule_past": "Ngày {day} đã qua nên quy định không đổi việc đã làm. Ghi ngày từ hôm nay trở đi.",
    "relief_shape": "Mục miễn, giảm phí ghi chưa đúng. Xem lại tên, mức, kênh, tuổi, nhóm trong dòng này.",
    "form_key": "Khóa mẫu giấy «{text}» không đúng. Ghi BỘ/MẪU, ví dụ 2027/receipt; bộ mẫu chỉ ghi tên bộ.",
    "form_shape": "Mẫu giấy ghi chưa đúng ở mục «{place}». Sửa mục đó theo tài liệu rồi nạp lại; chưa thay đổi gì.",
    "form_block_unknown": "Mẫu giấy có khối «{name}» ({place}) mà chương trình chưa biết vẽ. Dùng khối có trong tài liệu, hoặc cập nhật chương trình.",
    "form_value_unknown": "Mẫu giấy cần giá trị «{name}» ({place}) mà loại giấy này không có. Sửa tên giá trị theo tài liệu.",
    "form_set_shape": "Bộ mẫu giấy ghi chưa đúng ở mục «{place}». Cần tên, ngày hiệu lực và quyết định; sửa rồi nạp lại.",
    "payment_code_account": "Chưa có tài khoản nhận phí nên không lập được mã QR. Ghi tài khoản ở F8, «Cài đặt» (bank_account trong office.toml).",
    "payment_code_amount": "Hồ sơ này không còn tiền phải nộp nên không lập mã QR. Ghi số tiền nếu thu khoản khác.",
    "receipt_number_shape": "Số biên lai «{text}» không đúng. Ghi KÝ HIỆU/SỐ, số không quá 8 chữ số, ví dụ 1C27TAA/00000123.",
    "hosting_agency": "Thủ tục của hệ thống tập trung cần hai chữ số của cơ quan chủ quản. Nhập lại.",
}
_ACTS = {
    "slip_unknown": "Không có phiếu từ chối nào mang mã «{code}». Xem lại mã trong danh sách phiếu từ chối ở trang Sổ.",
    "dossier_unknown": "Không tìm thấy hồ sơ «{code}». Kiểm tra lại mã, hoặc tra cứu theo họ tên.",
    "act_not_allowed": "Không thể {action}: hồ sơ đang ở trạng thái {status}.",
    "act_before_intake": "Giờ thực hiện trước lúc tiếp nhận hồ sơ. Kiểm tra ngày giờ của máy.",
    "holder_missing": "Chưa ghi người hoặc bộ phận nhận. Nhập nơi nhận rồi chuyển.",
    "no_open_leg": "Hồ sơ chưa được chuyển cho ai để nhận.",
    "nothing_to_take_back": "{holder} đã nhận hồ sơ, không thu hồi được. Đề nghị nơi đang giữ chuyển lại.",
    "reason_short": "Lý do «{text}» quá ngắn để in cho người dân. Ghi rõ hơn, như «Thiếu giấy chứng sinh», rồi làm lại.",
    "closing_unknown": "Ngày {day} chưa chốt. Chốt ngày ở trang F11 rồi in phiếu.",
    "paper_fault_note": "Ghi rõ giấy «{name}» sai ở đâu, như «thiếu chữ ký», để công dân biết mà sửa.",
    "papers_without_supplement": "Chỉ chọn giấy tờ khi yêu cầu hoặc nhận bổ sung. Bỏ phần giấy tờ rồi làm lại.",
    "supplement_lacking": "Chưa có: {names}. Nhận đủ rồi chọn, hoặc ghi vì sao vẫn nhận vào ô bên dưới.",
    "note_missing": "Cần ghi rõ lý do để {action}. Nhập lý do rồi làm lại.",
    "amend_unchanged": "Chưa sửa mục nào: hồ sơ đã ghi đúng như thế. Sửa mục ghi sai rồi làm lại.",
    "set_without_amend": "Chỉ sửa được thông tin bằng việc đính chính (amend). Bỏ --set, hoặc làm hai việc riêng.",
    "apology_once": "Hồ sơ này đã có văn bản xin lỗi; chỉ được xin lỗi và hẹn lại một lần.",
    "until_missing": "Chưa có ngày hẹn lại. Nhập ngày hẹn trả mới.",
    "until_not_later": "Ngày hẹn lại phải sau ngày hẹn trả {due}.",
    "receipt_number_used": "Biên lai số {number} ký hiệu {symbol} đã ghi trong năm {year} (hồ sơ {code}). Xem lại số biên lai.",
    "method_unknown": "Không có cách thu «{text}». Chọn một trong: {allowed}.",
    "exempt_group_unknown": "Không có nhóm miễn, giảm «{text}». Các nhóm: {allowed}.",
    "channel_fee_shape": "Phí theo kênh «{text}» không đúng. Ghi dạng KÊNH:SỐ TIỀN, mỗi kênh một lần; kênh là một trong: {allowed}.",
    "until_past": "Ngày {day} đã qua. Ghi ngày từ hôm nay trở đi.",
    "receiver_missing": "Chưa ghi người nhận kết quả. Ghi họ tên người nhận (--received-by) rồi trả.",
    "undo_first": "Không hoàn tác được việc tiếp nhận. Tiếp nhận nhầm thì hủy tiếp nhận trong ngày.",
    "undo_twice": "Việc vừa rồi đã hoàn tác. Chọn việc đúng của hồ sơ.",
    "undo_other_desk": "Việc cuối cùng do quầy {desk} ghi. Chỉ quầy ấy hoàn tác được.",
    "undo_too_late": "Đã quá {minutes} phút, không hoàn tác được. Dùng thu hồi, đính chính hoặc việc tiếp theo của hồ sơ.",
    "undo_receipt_recorded": "Khoản thu này đã ghi số biên lai nên không hoàn tác được. Dùng hoàn phí, lệ phí (refund).",
    "refund_too_much": "Mới thu {paid} đồng, không hoàn nhiều hơn được. Ghi lại số tiền hoàn.",
    "until_not_working": "Ngày {day} không phải ngày làm việc. Chọn ngày làm việc khác.",
    "no_due_date": "Hồ sơ không có ngày hẹn trả nên không có gì để hẹn lại.",
    "nothing_to_amend": "Chưa có nội dung đính chính. Ghi mục cần sửa và giá trị đúng.",
    "unknown_field": "Không đính chính được mục «{name}». Các mục: name, id_number, birth_date, gender, phone, address, email.",
    "amount_missing": "Chưa có số tiền thu. Nhập số tiền lớn hơn 0.",
    "void_same_day": "Chỉ hủy được hồ sơ trong ngày nhập vào máy. Qua ngày, dùng rút hồ sơ hoặc dừng giải quyết.",
    "clock_not_doubted": "Đồng hồ máy không bị nghi ngờ, không cần xác nhận ngày.",
    "clock_other_day": "Máy đang chỉ ngày {day}. Chỉ xác nhận được ngày máy đang chỉ; nếu sai, chỉnh đồng hồ trước.",
    "supplement_too_often": "Quy định chỉ cho yêu cầu bổ sung {rounds} lần. Giải quyết theo giấy tờ đã có, hoặc từ chối và nêu lý do.",
    "supplement_too_late": "Hạn bổ sung đã hết ngày {day}; quy định không nhận bổ sung sau hạn. Dừng hoặc đóng hồ sơ, rồi tiếp nhận hồ sơ mới.",
    "supplement_days_unknown": "Chưa biết hạn bổ sung của thủ tục này nên chưa đóng được. Nhập hạn bổ sung trong danh mục, hoặc dừng hồ sơ.",
    "close_by_stop": "Quy định của thủ tục này không đóng hồ sơ chờ bổ sung. Dùng «Dừng giải quyết».",
    "close_never": "Quy định của thủ tục này giữ hồ sơ chờ đến khi bổ sung. Dừng hoặc rút hồ sơ nếu công dân yêu cầu.",
    "place_none": "Cơ quan chưa có điểm tiếp nhận nào. Bỏ trống điểm tiếp nhận, hoặc áp dụng gói pháp luật có danh sách điểm.",
    "place_unknown": "Không có điểm tiếp nhận «{text}». Chọn một trong: {allowed}.",
    "close_too_early": "Còn trong thời hạn bổ sung đến hết ngày {day}. Sau ngày đó mới đóng được hồ sơ.",
    "nothing_to_send": "Không có hồ sơ nào để chuyển. Chọn ít nhất một hồ sơ.",
    "too_many": "Mỗi lần chỉ chuyển được {most} hồ sơ. Chia thành nhiều lần.",
    "one_of_many": "Chưa chuyển hồ sơ nào: hồ sơ {dossier} không chuyển được. Bỏ hồ sơ này ra rồi làm lại.",
    "pretend_time": "Chỉ cơ quan tập huấn mới dùng được giờ giả định (--now). Bỏ --now.",
    "print_not_waiting": "Giấy này không còn chờ in: đã in, hoặc đã bỏ. Xem lại danh sách giấy chờ.",
    "copies_range": "Số bản in phải từ 1 đến {most}.",
    "paper_no_supplement": "Hồ sơ này chưa có yêu cầu bổ sung nào để in. Ghi yêu cầu bổ sung trước.",
    "paper_not_supplemented": "Hồ sơ này chưa nhận giấy tờ bổ sung nào. Ghi đã nhận bổ sung trước rồi in giấy xác nhận.",
    "paper_not_refused": "Hồ sơ này không bị từ chối nên không có phiếu từ chối. Ghi từ chối trước, kèm lý do.",
    "paper_not_apologised": "Chưa ghi xin lỗi, hẹn lại cho hồ sơ này. Ghi ngày hẹn lại trước rồi in.",
    "paper_signer_missing": "Tệp cơ quan chưa ghi người ký (signer) nên không in được văn bản này. Bổ sung rồi in lại.",
    "paper_not_stopped": "Hồ sơ này chưa dừng giải quyết, chưa rút. Ghi yêu cầu của công dân trước rồi in.",
    "paper_not_sent": "Hồ sơ {code} chưa được chuyển cho ai nên không có phiếu bàn giao. Chuyển hồ sơ trước.",
    "paper_not_returned": "Hồ sơ này chưa trả kết quả. Ghi trả kết quả trước rồi in giấy biên nhận.",
    "paper_no_payment_asked": "Hồ sơ này chưa có yêu cầu nộp phí. Ghi yêu cầu nộp phí, lệ phí trước rồi in thông báo.",
    "paper_nothing_paid": "Hồ sơ này chưa thu khoản nào. Ghi thu phí, lệ phí trước rồi in biên lai.",
    "handover_list_unknown": "Không có phiếu bàn giao nào mang mã «{code}». Xem lại mã trong danh sách ở F6.",
    "handover_list_none": "Hồ sơ {code} chưa được chuyển cùng hồ sơ nào khác. In phiếu bàn giao của riêng hồ sơ này.",
    "batch_one": "Giấy tiếp nhận chung dành cho từ hai hồ sơ trở lên. Ghi thêm mã, hoặc in giấy tiếp nhận riêng.",
    "batch_too_many": "Một giấy tiếp nhận chung ghi được nhiều nhất {most} hồ sơ. Chia thành nhiều giấy.",
    "batch_submitters_differ": "Hồ sơ {code} do người khác nộp. Giấy tiếp nhận chung chỉ dành cho một người nộp; bỏ mã này.",
    "batch_days_differ": "Hồ sơ {code} nhận ngày {day}. Giấy tiếp nhận chung chỉ gồm hồ sơ nhận cùng ngày; bỏ mã này.",
    "batch_void": "Hồ sơ {code} đã hủy nên không ghi vào giấy tiếp nhận chung. Bỏ mã này.",
    "print_code_missing": "Chưa có mã hồ sơ cần in. Ghi mã hồ sơ sau tên mẫu.",
    "print_one_code": "Mẫu này in cho từng hồ sơ; chỉ phiếu bàn giao (handover) và giấy tiếp nhận chung (batch) nhận nhiều mã. Ghi một mã.",
    "register_no_code": "Sổ theo dõi in theo thời gian, không theo mã hồ sơ. Bỏ mã, ghi --from và --to.",
    "register_period_missing": "Chưa có thời gian của sổ cần in. Ghi cả --from và --to, dạng 2026-02-01.",
    "field_unknown": "Không có lĩnh vực «{text}», hoặc tên chưa đủ rõ. Ghi đúng tên lĩnh vực trong danh mục thủ tục.",
    "cash_no_code": "Bảng kê thu in theo ngày, không theo mã hồ sơ. Bỏ mã, ghi --on NGÀY.",
    "cash_day_missing": "Chưa có ngày cần in bảng kê thu. Ghi --on NGÀY, hoặc cả --from và --to.",
    "field_without_register": "Chỉ sổ theo dõi (register) mới in theo lĩnh vực. Bỏ lĩnh vực khỏi lệnh.",
    "paper_size_of_form": "Mẫu này chỉ in trên giấy {allowed}. Chọn lại khổ giấy.",
    "form_unknown": "Bộ mẫu đang dùng không có mẫu giấy «{text}». Kiểm tra lại tên mẫu, hoặc nạp gói quy định có mẫu này.",
    "paper_not_on_roll": "Mẫu này không in trên giấy 80 mm. Chọn A5 hoặc A4.",
    "paper_qr_too_long": "Nội dung mã QR quá dài nên không in được. Rút ngắn tên cơ quan trong tệp cơ quan.",
    "paper_template_unknown": "Bản in trước dùng mẫu «{template}» mà chương trình này không có. Cập nhật chương trình.",
    "paper_damaged": "Bản in lưu trong nhật ký bị hỏng ({template}). Báo người quản trị.",
}
_FILES = {
    "export_all_alone": "Mục --all đã ghi mọi tệp chưa được xác nhận. Bỏ --again, rồi chạy lại.",
    "export_folder_missing": "Không có thư mục {folder}. Cắm USB hoặc tạo thư mục ấy, rồi chạy lại.",
    "file_missing": "Không mở được tệp «{file}». Kiểm tra lại đường dẫn.",
    "file_not_text": "Tệp «{file}» không phải văn bản UTF-8. Lưu lại tệp với mã UTF-8.",
    "file_too_big": "Tệp «{file}» lớn quá {limit} MB. Chia nhỏ tệp rồi nạp lại.",
    "decision_missing": "Chưa ghi số quyết định. Ghi số và ngày của quyết định rồi làm lại.",
    "succession_same": "Tệp mới vẫn mang tên {name} và mã cũ. Sửa tên hoặc mã cơ quan trong tệp mới rồi làm lại.",
    "succession_future": "Quyết định có hiệu lực từ {day}. Làm lại lệnh này từ ngày đó.",
    "out_missing": "Chưa ghi tên tệp PDF để in. Thêm --out TỆP.pdf.",
    "out_unwritable": "Không ghi được tệp «{file}». Kiểm tra thư mục và quyền ghi.",
    "office_exists": "Thư mục này đã có dữ liệu của một cơ quan. Chọn thư mục khác.",
    "office_file_unreadable": "Không đọc được tệp cơ quan «{key}». Kiểm tra đường dẫn và mã UTF-8.",
    "office_file_not_toml": "Tệp cơ quan viết sai dạng TOML ở dòng {key}. Sửa dòng này rồi làm lại.",
    "office_file_missing": "Tệp cơ quan thiếu mục «{key}». Thêm mục này rồi làm lại.",
    "office_file_too_big": "Tệp cơ quan dài quá {key} ký tự. Đây không phải tệp cơ quan; kiểm tra lại đường dẫn.",
    "office_file_wrong": "Mục «{key}» trong tệp cơ quan không đúng. Viết như {example} rồi làm lại.",
    "office_identity": "Mã cơ quan và số quầy nằm trong mọi số hồ sơ đã cấp, không đổi ở đây. Sau sáp nhập: nhờ người quản trị (bằng lệnh: office succeed).",
    "office_file_unseen": "Mục «{key}» trong tệp cơ quan có chữ không nhìn thấy được, hoặc quá nhiều dấu trên một chữ. Gõ lại mục này.",
    "office_file_absent": "Chưa cho biết tệp cơ quan. Dùng: init TỆP.toml, hoặc init --demo để tập huấn.",
    "admin_missing": "Tệp cơ quan cần mục [admin] name: người dùng đầu tiên.",
    "catalogue_columns": "Bảng danh mục thiếu cột «{column}», hoặc các cột không ngăn cách bằng phím Tab. Lưu lại dạng văn bản có Tab.",
    "catalogue_unreadable": "Không đọc được dòng nào của bảng danh mục (dòng {row}: {reason}).",
    "table_kind": "Tệp «{file}» không phải bảng CSV hay Excel (.xlsx). Mở tệp, lưu lại dạng .xlsx rồi làm lại.",
    "table_old_excel": "Tệp «{file}» là Excel cũ (.xls) hoặc có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại dạng .xlsx rồi làm lại.",
    "table_password": "Tệp «{file}» có mật khẩu. Mở tệp, bỏ mật khẩu, lưu lại rồi làm lại.",
    "table_binary": "Tệp «{file}» không phải văn bản. Mở tệp, lưu lại dạng .xlsx hoặc CSV UTF-8 rồi làm lại.",
    "table_encoding": "Chưa nhận ra bảng mã tiếng Việt của tệp «{file}» (không phải Unicode, TCVN3, VNI hay Windows-1258). Mở tệp, lưu lại dạng .xlsx hoặc CSV UTF-8 rồi làm lại.",
    "table_unreadable": "Không đọc được bảng trong tệp «{file}»: tệp hỏng hoặc ghi dở. Mở tệp, lưu lại rồi làm lại.",
    "table_empty": "Tệp «{file}» không có dòng nào. Chọn tệp khác.",
    "table_bomb": "Tệp «{file}» phình ra quá lớn hoặc dựng bất thường, không đọc để giữ an toàn cho máy. Chép bảng sang một tệp mới rồi làm lại.",
    "table_external": "Tệp «{file}» lấy số liệu từ tệp khác qua liên kết. Trong Excel chọn Dữ liệu, Sửa liên kết, Ngắt liên kết, lưu lại rồi làm lại.",
    "table_formula": "Ô {cell} của tệp «{file}» là công thức chưa có kết quả hoặc lấy dữ liệu từ nơi khác. Chép cả bảng, dán lại dạng giá trị, lưu rồi làm lại.",
    "table_too_wide": "Dòng {row} của tệp «{file}» có quá {most} cột. Bỏ các cột thừa rồi làm lại.",
    "table_too_long": "Tệp «{file}» có quá {most} dòng. Chia nhỏ tệp rồi làm lại.",
    "figures_headings": "Tệp «{file}» không có dòng tiêu đề của biểu 06a (tiếp nhận, đã giải quyết, đang giải quyết). Thêm dòng tiêu đề rồi làm lại.",
    "figures_rows": "Tệp «{file}» không có dòng số liệu nào dưới tiêu đề. Xem lại tệp rồi làm lại.",
    "report_as_of": "Bản báo cáo đã giao giữ nguyên như lúc giao, không lập lại ở thời điểm khác. Bỏ thời điểm rồi làm lại.",
    "list_value": "Muốn liệt kê riêng một dòng thì nêu cả cách xếp dòng, ví dụ thêm --group channel.",
    "list_group": "Mỗi lần chỉ liệt kê được một lĩnh vực. Bỏ bớt rồi làm lại.",
    "frozen_ending": "Bản số {id} đã giao là tệp {allowed}, không ghi thành {text}. Đổi đuôi tệp, hoặc thêm --compare để ghi "
    "chỗ khác với bản ấy.",
    "frozen_unknown": "Không có bản báo cáo đã giao số {id}. Xem các số bằng: report frozen.",
    "late_codes": "Danh sách «{file}» không có cột mã hồ sơ. Thêm tiêu đề «Mã hồ sơ», hoặc ghi tên cột trong tệp MAP.",
    "late_too_many": "Danh sách có quá {most} dòng. Chia nhỏ danh sách rồi làm lại.",
    "out_without_dry_run": "Tệp xem trước chỉ lập cùng --dry-run. Thêm --dry-run, hoặc bỏ --out.",
    "map_toml": "Tệp MAP không phải TOML đúng dạng. Sửa lại tệp rồi làm lại.",
    "map_section": "Tệp MAP không có phần «{name}». Dùng một trong: {allowed}.",
    "map_column": "Tệp MAP nhắc cột «{name}» không có. Dùng một trong: {allowed}.",
    "map_heading_missing": "Không thấy tiêu đề «{heading}» (cột {column}) mà tệp MAP nhắc đến. Sửa tệp MAP theo đúng tiêu đề trong bảng.",
    "import_headings": "Tệp «{file}» không có dòng tiêu đề nào đọc được (ngày nhận, họ tên, thủ tục…). Thêm dòng tiêu đề, hoặc ghi vị trí các cột trong tệp MAP.",
    "import_received_missing": "Chưa có ngày nhận hồ sơ. Ghi ngày nhận rồi nạp lại dòng này.",
    "import_day": "{column} «{text}» không phải ngày đọc được. Ghi dạng 08/03/2026 rồi nạp lại dòng này.",
    "import_future": "{column} {text} ở tương lai. Sửa lại ngày rồi nạp lại dòng này.",
    "import_order": "{second} sớm hơn {first}. Sửa lại ngày rồi nạp lại dòng này.",
    "import_end_missing": "Tình trạng «{text}» mà không có ngày có kết quả hay ngày trả. Ghi thêm ngày rồi nạp lại dòng này.",
    "import_name_missing": "Chưa có họ tên chủ hồ sơ. Ghi họ tên rồi nạp lại dòng này.",
    "import_name_broken": "Họ tên «{name}» đã mất dấu tiếng Việt (có dấu hỏi). Gõ lại họ tên rồi nạp lại dòng này.",
    "import_too_long": "{column} dài quá {limit} ký tự. Rút ngắn rồi nạp lại dòng này.",
    "import_count": "{column} «{text}» không phải số đọc được. Sửa lại số rồi nạp lại dòng này.",
    "import_number_lost": "{column} «{text}» đã bị Excel làm tròn, mất số cuối. Gõ lại số, để ô dạng văn bản, rồi nạp lại dòng này.",
    "import_procedure_missing": "Chưa có thủ tục. Ghi mã hoặc tên thủ tục rồi nạp lại dòng này.",
    "import_procedure_unknown": "Không có thủ tục «{text}» trong danh mục. Ghi mã thủ tục, hoặc ghi tên này vào phần [procedures] của tệp MAP.",
    "import_code_twice": "Mã «{code}» đã có ở dòng {row} của tệp với nội dung khác. Xem lại hai dòng.",
    "import_day_full": "Ngày {text} đã đủ 9.999 hồ sơ của quầy này, không còn số. Nhập phần còn lại ở quầy khác.",
    "imported_no_receipt": "Hồ sơ {code} nhập từ sổ cũ, không in giấy tiếp nhận: giấy của hồ sơ này đã giao từ trước.",
    "too_many_rows": "Bảng có quá {most} dòng. Chia nhỏ bảng rồi nạp lại.",
    "cell_missing": "Ô này không được để trống.",
    "cell_too_long": "Ô này dài {length} ký tự, quá {limit} ký tự cho phép.",
    "day_shape": "Ngày «{text}» không đúng. Ghi như 12/02/2026 hoặc 2026-02-12.",
    "days_shape": "Số ngày «{text}» không đúng. Ghi số nguyên từ 1 đến 999.",
    "hour_shape": "Giờ «{text}» không đúng. Ghi dạng 15:00.",
    "fee_shape": "Phí «{text}» không đúng. Ghi số đồng, ví dụ 8000; để trống nếu chưa biết.",
    "duplicate_code": "Mã thủ tục «{code}» đã có ở dòng {first_row} với cùng ngày hiệu lực. Giữ lại một dòng.",
    "province_limit_longer": "Thời hạn của tỉnh dài hơn thời hạn theo luật. Kiểm tra lại.",
    "step_shape": "Bước xử lý «{text}» không đúng. Ghi dạng NƠI XỬ LÝ:SỐ NGÀY.",
    "channel_limit_shape": "Thời hạn theo kênh «{text}» không đúng. Ghi dạng KÊNH:SỐ, mỗi kênh một lần; kênh là một trong: {allowed}.",
    "fee_rule_shape": "Cách tính phí «{text}» không đúng. Ghi dạng per_page:2000,2,1000,200000 (đồng mỗi trang đầu, số trang đầu, đồng mỗi trang sau, mức cao nhất một bản).",
    "too_many_pieces": "Ô này có {count} mục, quá {limit} mục cho phép.",
    "unknown_unit": "Đơn vị thời hạn «{text}» không đúng. Dùng working_day, day, hour, same_day hoặc unknown.",
    "unknown_supplement_clock": "Cách tính khi bổ sung «{text}» không đúng. Dùng restart, pause hoặc none.",
    "unknown_boundary_free": "Mục không phụ thuộc địa giới «{text}» không đúng. Ghi 1 hoặc 0.",
    "unknown_withdrawn": "Mục đã bãi bỏ «{text}» không đúng. Ghi 1 hoặc 0.",
    "successor_needs_withdrawal": "Mã thay thế chỉ ghi cho thủ tục đã bãi bỏ, và phải khác mã {code}. Đánh dấu bãi bỏ, hoặc sửa mã thay thế.",
    "successor_unknown": "Mã thay thế {code} chưa có trong danh mục hoặc cũng bị bãi bỏ từ ngày {first} trở đi. Thêm thủ tục mới trước, rồi bãi bỏ thủ tục cũ.",
    "version_meanwhile": "Thủ tục {code} vừa có phiên bản {version} do người khác ghi. Mở lại thủ tục để xem rồi sửa.",
    "version_unchanged": "Không có gì khác với phiên bản đang áp dụng từ ngày {day}. Sửa mục cần đổi rồi lưu.",
    "version_before_current": "Phiên bản đang áp dụng có hiệu lực từ {first}; phiên bản mới không thể bắt đầu trước đó. Chọn ngày từ {first} trở đi.",
    "version_in_use": "{count} hồ sơ tiếp nhận từ ngày {day} đang theo phiên bản đang áp dụng; phiên bản mới không thể bắt đầu trước chúng. Chọn ngày hiệu lực từ {first} trở đi.",
    "procedure_has_open": "Còn {count} hồ sơ của thủ tục này đang giải quyết. Chúng sẽ đi tiếp theo phiên bản đã tiếp nhận; bấm lần nữa (dòng lệnh: thêm --keep-running) để bãi bỏ, hoặc giải quyết xong rồi mới bãi bỏ.",
    "calendar_columns": "Bảng lịch thiếu cột. Dòng đầu phải có: {columns}.",
    "calendar_day_twice": "Dòng {first_row} và dòng {row} của bảng lịch cùng ghi ngày {day} mà nội dung khác nhau. Giữ lại một dòng rồi nạp lại. Chưa ghi gì.",
    "calendar_row": "Dòng {row} của bảng lịch không đúng ({text}). Cần ngày như 02/01/2026, loại off, work, reception hoặc half. Chưa ghi gì.",
    "calendar_nothing_decided": "Ngày {day} chưa có quyết định nào để bỏ.",
    "period_reversed": "Kỳ báo cáo ngược: từ ngày {first} đến ngày {last}. Đổi lại hai ngày.",
    "period_missing": "Chưa có kỳ báo cáo. Cho --from và --to, hoặc --preset kèm --on.",
    "unknown_preset": "Không có kỳ «{text}». Chọn một trong: {allowed}.",
    "report_block": "Không có mục «{text}» trong báo cáo. Các mục: {allowed}.",
    "late_reason_unknown": "Không có nguyên nhân «{text}» trong danh sách. Chọn một trong: {allowed}.",
    "late_reason_known": "Danh sách đã có nguyên nhân «{name}».",
    "late_reason_act": "Nguyên nhân quá hạn chỉ ghi khi có kết quả (finish) hoặc xin lỗi (apologise).",
    "publish_only_alone": "Tệp danh sách đã kể đủ các mã: bỏ các mã và lĩnh vực, hoặc bỏ tệp ấy.",
    "posted_no_code": "Bảng niêm yết và bảng mức thu in theo lĩnh vực, không theo mã. Bỏ mã khỏi lệnh.",
    "paper_not_posted": "Khổ {text} chỉ dùng cho bảng niêm yết và bảng mức thu. Chọn A4 hoặc A5.",
    "publish_none": "Đơn vị phải công khai ít nhất một thủ tục. Công khai thủ tục khác trước rồi mới thôi công khai thủ tục này.",
    "publish_empty": "Chưa có thủ tục nào để công khai. Ghi mã thủ tục, lĩnh vực hoặc tệp mỗi dòng một mã.",
    "procedure_unpublished": "Thủ tục {procedure} cơ quan không công khai, không tiếp nhận. Công khai bằng catalogue publish, hoặc chọn thủ tục khác.",
    "report_unknown": "Không có báo cáo «{name}». Chọn một trong: {allowed}.",
    "report_group": "Báo cáo «{name}» không xếp dòng theo «{text}». Nhóm dùng được: {allowed}.",
    "report_variant": "Báo cáo «{name}» không có kiểu «{text}». Bỏ --variant.",
    "report_format": "Không ghi được báo cáo dạng «{text}». Dùng tệp {allowed}.",
    "demo_unsound": "Trình diễn dừng lại: {found}",
    "demo_code_unread": "Trình diễn dừng lại: không đọc lại được mã trên «{form}», giấy {paper}.",
    "backup_disk_absent": "Ổ đĩa của nơi sao lưu «{folder}» chưa gắn vào máy. Cắm ổ đĩa, đợi máy nhận rồi sao lưu lại.",
    "backup_missing": "Không có tệp sao lưu «{file}». Kiểm tra lại đường dẫn.",
    "backup_damaged": "Tệp «{file}» không phải bản sao lưu nguyên vẹn. Chọn bản sao lưu khác; dữ liệu hiện có không bị thay đổi.",
    "national_alone": "Mẫu quốc gia cần --national, --out, --from và --to; không đi cùng --all hay --again.",
    "bundle_unknown": "Chưa từng lập tệp đồng bộ số {sequence}.",
    "bundle_record": "Bản ghi ở dòng {line} có mục «{part}» sai hoặc thiếu. Không lập được tệp đồng bộ.",
    "bundle_chain": "Chuỗi nhật ký bị đứt ở bản ghi số {sequence}. Chạy kiểm tra dữ liệu (check) và báo người quản trị.",
    "bundle_sequence": "Số thứ tự bản ghi không liền: cần {expected}, gặp {found}. Chạy kiểm tra dữ liệu (check).",
    "bundle_manifest": "Thông tin «{part}» của tệp đồng bộ không đúng. Kiểm tra tệp cơ quan.",
    "bundle_json": "Nội dung «{name}» không ghi được vào tệp đồng bộ.",
    "bundle_too_big": "Phần «{name}» của tệp đồng bộ lớn quá {limit} byte.",
    "bundle_receiver_key": "Khóa nơi nhận (receiver_key) không đúng. Sửa trong tệp cơ quan; khóa bắt đầu bằng «age1».",
    "backup_forged": "Bản sao lưu «{file}» không phải do cơ quan lập ra: chữ ký hoặc khóa bên trong không đúng. Không phục hồi; giữ tệp lại và báo người quản trị. Dùng bản sao lưu khác.",
    "backup_unproved": "Bản sao lưu này từ bản chương trình trước, không chứng minh được là do cơ quan lập ra. Nếu biết chắc nguồn gốc, hai người cùng nhận một lần: gõ tên và mật khẩu người thứ hai (bằng lệnh: --second TÊN, MOTCUA_SECOND_PASSWORD).",
    "backup_unencrypted": "Bản sao lưu «{file}» của cơ quan thật mà không mã hóa. Chỉ bản từ trước khi có mã hóa mới như vậy; nếu biết chắc nguồn gốc, hai người cùng nhận một lần: gõ tên và mật khẩu của cả hai (bằng lệnh: --user TÊN --second TÊN, MOTCUA_PASSWORD, MOTCUA_SECOND_PASSWORD).",
    "backup_other_office": "Bản sao lưu này có dấu vân tay khác với cơ quan trong thư mục này. So với tờ khóa phục hồi; nếu đúng là của cơ quan, gõ dấu vân tay trên tờ giấy (bằng lệnh: --fingerprint).",
    "fingerprint_shape": "Dấu vân tay phải có {groups} nhóm, mỗi nhóm {signs} chữ và số. Gõ lại theo tờ khóa phục hồi, hoặc quét mã trên tờ đó.",
    "fingerprint_wrong": "Dấu vân tay không khớp: bản sao lưu này không phải của cơ quan có tờ khóa phục hồi đó. Không phục hồi. Tìm bản sao lưu khác, và báo người quản trị.",
    "fingerprint_none": "Bản sao lưu này từ bản chương trình trước, chưa có dấu vân tay để so. Để trống dấu vân tay, hai người cùng nhận (bằng lệnh: --second TÊN).",
    "office_unproved": "Cơ quan này từ bản chương trình trước, không chứng minh được tệp khóa và dữ liệu là của chính cơ quan. Nếu biết chắc, hai người cùng nhận một lần: gõ tên và mật khẩu người thứ hai (bằng lệnh: --second TÊN, MOTCUA_SECOND_PASSWORD).",
    "office_unencrypted": "Dữ liệu của cơ quan thật mà không mã hóa và không có tệp khóa, nên không mở. Nếu là cơ quan lập từ trước khi có mã hóa, hai người cùng nhận một lần: gõ tên và mật khẩu người thứ hai (bằng lệnh: --second TÊN, MOTCUA_SECOND_PASSWORD). Nếu không, phục hồi từ bản sao lưu.",
    "account_without_secret": "Tài khoản «{name}» chưa có mật khẩu trong dữ liệu nên không mở được gì. Người quản trị đặt mật khẩu: users reset.",
    "keys_slot_revoked": "Mật khẩu hoặc khóa này đã được thay hoặc đã bỏ. Dùng mật khẩu hoặc khóa phục hồi mới nhất.",
    "recovery_key_other": "Khóa vừa gõ không giống khóa trên trang mới. Gõ lại theo tờ giấy vừa in.",
    "backup_other_desk": "Bản sao lưu này của {office} (mã {code}, quầy {desk}), thư mục này của cơ quan hoặc quầy khác. Chọn đúng bản, hoặc phục hồi vào thư mục trống.",
    "head_shape": "«{text}» không phải dòng «Nhật ký đến» của trang sổ. Gõ như trên giấy, ví dụ 1-214-0f3a9c21d4e5b607.",
    "kept_copy_fields": "Nội dung quá dài cho mã lưu của cơ quan. Rút ngắn họ tên hoặc số giấy tờ.",
}
_KEYS = {
    "number_day_range": "Chỉ sửa bộ đếm của hôm nay, ngày trước, hoặc {days} ngày tới. Chọn lại ngày.",
    "number_reason": "Ghi lý do sửa bộ đếm, từ {least} đến {most} ký tự: việc này lên sổ cùng tên hai người.",
    "number_other_desk": "Số {number} không phải của quầy {desk}. Ghi số của chính quầy này.",
    "number_already_next": "Số kế tiếp đã là {number}: không cần sửa.",
    "number_not_forward": "Số trước {least} đã cấp hoặc đã có trên giấy: bộ đếm chỉ đi tới. Chọn từ {least} trở lên.",
    "number_too_far": "Số kế tiếp lúc này nhiều nhất là {most}: xa hơn thì bản phục hồi về sau có thể cấp trùng. Chọn số nhỏ hơn.",
    "rebuild_closed": "Dựng lại sổ cần hai người mở, mỗi lần nửa ngày. Ở cửa sổ: F8, «Dựng lại sổ từ giấy đã in…»; bằng lệnh: rebuild TỆP --second TÊN.",
    "rebuild_stranger": "Đây không phải mã QR trên giấy của chương trình. Quét hai mã QR trên liên lưu hoặc phiếu kiểm soát.",
    "rebuild_signature": "Chữ ký trên mã QR của hồ sơ «{code}» không đúng: giấy bị sửa, quét thiếu, hoặc của cơ quan khác. Quét lại; vẫn vậy thì báo người quản trị.",
    "rebuild_sealed": "Mã QR lưu trữ này hỏng hoặc không phải của cơ quan này. Quét lại; nếu cơ quan mới lập lại trên máy này, quét mã QR trên trang khóa phục hồi trước.",
    "rebuild_content": "Mã QR lưu trữ này có nội dung lạ, có thể do phiên bản mới hơn in. Cập nhật chương trình rồi quét lại; hoặc nhập tay theo giấy.",
    "rebuild_other_dossier": "Mã «{code}» trong sổ là của hồ sơ khác nên không ghi đè. Giữ tờ giấy này lại, báo người quản trị.",
    "rebuild_page_keys": "Không mở được mã QR trên trang khóa phục hồi: mã hỏng, hoặc khóa phục hồi không phải của trang này. Dùng khóa ghi trên cùng một trang.",
    "rebuild_two_inputs": "Không đọc cả mã QR lẫn khóa phục hồi từ đầu vào (-) được. Cho khóa phục hồi bằng tệp hoặc MOTCUA_RECOVERY_KEY.",
    "keys_password_missing": "Dữ liệu của cơ quan được mã hóa và máy này không có két khóa của hệ thống. Gõ tên và mật khẩu ở cửa sổ (bằng lệnh: MOTCUA_PASSWORD cùng --user TÊN).",
    "keys_password_wrong": "Tên hoặc mật khẩu không đúng, dữ liệu vẫn khóa. Gõ lại, hoặc bấm «Mở bằng khóa phục hồi…» (bằng lệnh: keys recover).",
    "keys_none": "Cơ quan tập huấn không mã hóa dữ liệu nên không có khóa.",
    "keys_missing": "Thiếu tệp khóa keys.json trong thư mục «{folder}», chưa mở được gì. Chép lại tệp này, hoặc phục hồi từ bản sao lưu bằng khóa phục hồi.",
    "keys_damaged": "Tệp khóa keys.json bị hỏng, chưa mở được gì. Giữ nguyên thư mục này và phục hồi từ bản sao lưu bằng khóa phục hồi.",
    "keys_newer": "Tệp khóa do phiên bản mới hơn của chương trình lập. Cập nhật chương trình.",
    "keys_tampered": "Tệp khóa keys.json đã bị sửa từ bên ngoài nên không đổi khóa. Báo người quản trị; phục hồi tệp khóa từ bản sao lưu.",
    "vault_lost": "Két khóa của hệ thống không mở được dữ liệu của cơ quan này (máy cài lại, đổi tài khoản, hoặc chạy từ xa). Gõ mật khẩu, hoặc bấm «Mở bằng khóa phục hồi…» (bằng lệnh: MOTCUA_PASSWORD, keys recover).",
    "recovery_key_missing": "Chưa cho biết khóa phục hồi. Đặt MOTCUA_RECOVERY_KEY, hoặc cho --recovery-key TỆP (dấu - để đọc từ đầu vào).",
    "recovery_key_shape": "Khóa phục hồi phải có {groups} nhóm, mỗi nhóm {signs} chữ và số. Gõ lại theo tờ giấy.",
    "recovery_key_group": "Nhóm thứ {group} của khóa phục hồi gõ sai. Xem lại nhóm này trên tờ giấy.",
    "recovery_key_wrong": "Khóa phục hồi này không phải của cơ quan này, hoặc đã được thay bằng khóa mới. Tìm tờ giấy mới nhất.",
    "backup_training": "Tệp «{file}» là bản sao lưu của cơ quan tập huấn, không phục hồi vào thư mục của cơ quan chính thức. Chọn thư mục khác.",
}
_CITIZENS = {
    "tickets_all_given": "Hôm nay đã phát hết {most} số. Mời người đến sau chờ gọi trực tiếp.",
    "nobody_waits": "Không có ai đang chờ. Số mới lấy sẽ hiện ở đây.",
    "nobody_called": "Quầy này chưa có số nào đang gọi. Bấm «Mời số tiếp» trước.",
    "ticket_unknown": "Hôm nay chưa phát số {number}. Xem lại phiếu, hoặc lấy số mới.",
    "ticket_not_called": "Số {number} không phải số quầy {desk} đang gọi. Mời số này trước rồi làm lại.",
    "ticket_elsewhere": "Số {number} đang ở quầy {desk}. Để quầy đó chuyển sang, hoặc chờ quầy đó gọi xong.",
    "ticket_served": "Số {number} đã xong. Cần nữa thì mời lại số này, hoặc lấy số mới.",
    "ticket_paper": "Phiếu số in trên giấy 80 mm hoặc A5. Chọn một trong hai.",
    "transfer_nowhere": "Chưa chọn quầy khác hoặc việc khác để chuyển. Chọn một trong hai rồi làm lại.",
    "transfer_reason": "Lý do chuyển quá ngắn. Ghi rõ hơn, như «hỏi về đất đai», rồi làm lại.",
    "desk_number": "Số quầy phải từ 1 đến {most}. Ghi lại, ví dụ 2.",
    "rating_given": "Hồ sơ {code} đã được đánh giá. Mỗi hồ sơ chỉ đánh giá một lần.",
    "rating_void": "Hồ sơ {code} đã hủy nên không đánh giá được. Dùng mã của hồ sơ cấp lại.",
    "rating_index_twice": "Chỉ số {index} được ghi hai lần, không biết lấy lần nào. Bỏ bớt một lần rồi ghi lại.",
    "rating_points": "Chỉ số {index} không nhận {points} điểm. Có chín chỉ số, mỗi chỉ số 0, 1 hoặc 2 điểm.",
    "not_a_mobile": "«{text}» không phải số di động. Ghi đủ 10 chữ số, ví dụ 0905 123 456.",
    "feedback_due_past": "Hạn trả lời {day} đã qua. Ghi hạn từ hôm nay trở đi.",
    "feedback_unknown": "Không có phản ánh số {number} năm {year}. Xem lại danh sách phản ánh.",
    "feedback_answered": "Phản ánh số {number} năm {year} đã trả lời. Ghi điều mới thành một phản ánh khác.",
}
_PEOPLE = {
    "office_file_other": "Tệp office.toml nay ghi mã cơ quan {now}, sổ này là của {before}. Ghi lại mã cũ; đổi tên, đổi mã sau sáp nhập thì nhờ người quản trị (bằng lệnh: office succeed).",
    "user_missing": "Chưa cho biết ai đang làm việc. Chọn tên ở cửa sổ (bằng lệnh: --user TÊN hoặc MOTCUA_USER).",
    "user_unknown": "Cơ quan này không có người dùng tên như đã gõ. Kiểm tra lại tên.",
    "user_disabled": "Người dùng «{name}» đã ngừng hoạt động. Liên hệ người quản trị.",
    "user_name_missing": "Chưa có họ tên người dùng. Nhập họ tên, tối đa 120 ký tự.",
    "user_exists": "Đã có người dùng «{name}». Chọn tên khác, ví dụ thêm chức danh.",
    "user_last": "«{name}» là người quản trị cuối cùng còn hoạt động. Thêm người quản trị khác trước.",
    "not_signed_in": "Chưa có ai đăng nhập ở quầy này. Đăng nhập rồi làm lại.",
    "not_your_right": "«{name}» không có quyền: {right}. Việc này của: {roles}.",
    "secret_missing": "Chưa có mật khẩu hoặc mã PIN. Nhập ở cửa sổ, hoặc đặt MOTCUA_PASSWORD khi dùng lệnh.",
    "secret_new_missing": "Chưa có mật khẩu mới. Gõ ở màn hình lệnh, hoặc đặt MOTCUA_NEW_PASSWORD, hoặc dùng --new TỆP|-.",
    "secret_needed_here": "Máy này không có két khóa nên «{name}» cần mật khẩu mới ngay, để trống thì không ai vào được bằng tên này. Đặt MOTCUA_NEW_PASSWORD hoặc --new TỆP|- rồi làm lại.",
    "secret_unset": "«{name}» chưa có mật khẩu. Đặt mật khẩu từ 8 ký tự hoặc mã PIN từ 6 chữ số (bằng lệnh: MOTCUA_PASSWORD).",
    "secret_short": "Mật khẩu phải từ {password} ký tự, mã PIN phải từ {pin} chữ số. Đặt dài hơn.",
    "secret_long": "Mật khẩu dài quá {most} ký tự. Đặt ngắn hơn.",
    "secret_plain": "Mật khẩu này quá dễ đoán (một chữ lặp lại, dãy số liền nhau hoặc chính họ tên). Đặt mật khẩu khác.",
    "sign_in_wrong": "Sai mật khẩu hoặc mã PIN của «{name}». Nhập lại.",
    "sign_in_wrong_wait": "Sai mật khẩu hoặc mã PIN của «{name}». Sai nhiều lần nên phải chờ {wait} rồi mới thử lại được.",
    "sign_in_wait": "Đã nhập sai nhiều lần. Chờ {wait} nữa rồi đăng nhập lại, hoặc nhờ người quản trị đặt lại mật khẩu.",
    "claim_over": "Đã quá 24 giờ kể từ khi tạo tài khoản «{name}» nên không tự đặt mật khẩu được. Nhờ người quản trị đặt lại ở trang Người làm việc (bằng lệnh: users reset).",
    "second_missing": "Việc này cần hai người. Người thứ hai gõ tên và mật khẩu ở cửa sổ; bằng lệnh thì thêm --second TÊN (MOTCUA_SECOND_PASSWORD).",
    "second_person_same": "Cần người thứ hai khác người đang làm việc cùng xác nhận.",
    "restore_new": "«{name}» chưa đăng nhập lần nào nên chưa phục hồi được. Người khác của cơ quan phục hồi.",
    "second_new": "«{name}» chưa đăng nhập lần nào nên chưa làm người thứ hai được. Đăng nhập một lần trước.",
    "second_not_allowed": "«{name}» không làm người thứ hai được. Mời cán bộ, công chức hoặc lãnh đạo cùng xác nhận.",
}
_SENTENCES: Mapping[str, str] = {
    **_INTAKE,
    **_ACTS,
    **_FILES,
    **_KEYS,
    **_CITIZENS,
    **FAULTS,
    **_PEOPLE,
    **LAW_REFUSALS,
    **GUIDE_REFUSALS,
    **SYNC_REFUSALS,
    **SYNC,
    **UPDATE_REFUSALS,
    **UPDATE_FAULTS,
}
_EXPECTED = {
    "text": "chữ",
    "whole": "số nguyên",
    "number": "số",
    "flag": "true hoặc false",
    "list": "danh sách",
}
_FORMATTERS: Mapping[str, Callable[[str], str]] = {
    "right": lambda text: right_name(Right(text)) if text in set(Right) else text,
    "roles": lambda text: roles_text(text) if set(text.split(",")) <= set(Role) else text,
    "wait": lambda text: wait_text(int(text)) if text.isdigit() else text,
}


def sentence_fields(code: str) -> frozenset[str] | None:
    """Return the values that the sentence of a code names.

    None for a code without a sentence, which another program may use.
    """
    pattern = _SENTENCES.get(code)
    return None if pattern is None else frozenset(name for _, name, _, _ in Formatter().parse(pattern) if name)


def error_sentence(error: Refusal | Fault) -> str:
    """Return the sentence of a refusal or a fault.

    A fault of a known folder names it, one of a place outside the office's folders names that place. A code without a
    sentence is named.
    """
    elsewhere = _SENTENCES.get(f"{error.code}_at") if error.values.get("place") else None
    inside = _SENTENCES.get(f"{error.code}_in") if error.values.get("folder") else None
    unknown = "Không thực hiện được ({code}). Ghi lại mã này và báo người quản trị."
    pattern = elsewhere or inside or _SENTENCES.get(error.code, unknown)
    return pattern.format_map(_SentenceValues({"code": error.code, **error.values}))


class _SentenceValues(dict[str, Scalar]):
    """Values as displayed: days as dd/MM/yyyy, codes by their names.

    A missing value becomes an ellipsis.
    """

    def __missing__(self, key: str) -> str:
        return "…"

    def __getitem__(self, key: str) -> str:
        return _format_value(key, super().__getitem__(key))


def _format_value(key: str, value: Scalar) -> str:
    text = "" if value is None else str(value)
    if key == "action" and text in set(Action):
        return action_name(Action(text)).lower()
    if key == "status" and text in set(Status):
        return status_name(Status(text)).lower()
    if key in _FORMATTERS:
        return _FORMATTERS[key](text)
    if key == "expected":
        return _EXPECTED.get(text, text)
    if key in ("due", "day", "first", "last") and len(text) == 10 and text[4] == "-":
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return text


def known_codes() -> frozenset[str]:
    """Return every code that has a sentence.

    A test compares them with the codes that the program raises.
    """
    return frozenset(_SENTENCES)
