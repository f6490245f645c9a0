"""Help texts of the pages: purpose, steps, and hints for errors."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PageHelp:
    """Help for one page: its name, its purpose and the steps in order."""

    name: str
    purpose: str
    steps: tuple[str, ...]


HELP: Mapping[str, PageHelp] = {
    "intake": PageHelp(
        "Tiếp nhận",
        "Nhận hồ sơ của một người, cấp mã, hẹn ngày trả và in giấy trong một lần.",
        (
            "Gõ tên thủ tục không dấu, mã, hoặc chữ cái đầu (ks = khai sinh) rồi Enter.",
            "Quét thẻ căn cước, hoặc gõ số, họ tên; người đã đến trước đây hiện ra để chọn.",
            "Đánh dấu giấy tờ đã nộp bằng phím cách hoặc số thứ tự. Cột phải cho biết hẹn trả, phí, giấy còn thiếu.",
            "F9 lưu và in. Ô nào sai thì câu giải thích hiện ngay dưới ô đó, chưa có gì bị ghi.",
            "Không nhận được: Ctrl+T, đánh dấu lý do, F9 in phiếu từ chối. Điều đã gõ được đưa sang, không gõ lại.",
            "Mất điện hay lỡ đóng chương trình: phần đã gõ được giữ lại và hỏi tiếp tục ở lần mở sau.",
        ),
    ),
    "worklist": PageHelp(
        "Việc phải làm",
        "Mọi hồ sơ còn phải làm, xếp theo việc gấp nhất; hoặc theo người đang giữ.",
        (
            "Enter mở hồ sơ. Gõ chữ để lọc theo mã, tên, thủ tục, nơi giữ; Esc bỏ lọc.",
            "Phím cách đánh dấu nhiều hồ sơ, ghi nơi nhận rồi chuyển cùng lúc và in một phiếu bàn giao. "
            "Phiếu ấy tìm lại được ở F6 và F11, in lại thì ghi «In lại».",
            "«Theo người giữ» cho biết ai đang giữ bao nhiêu, quá hạn bao nhiêu. Enter xem hồ sơ của người đó.",
            "Người vắng mặt: ở «Theo người giữ» bấm phím cách, ghi người nhận thay, chuyển hết một lần.",
            "Cuối ngày bấm «Đếm khay cuối ngày».",
        ),
    ),
    "start": PageHelp(
        "Đầu ngày",
        "Việc hôm trước để lại và việc đến hạn hôm nay, ngày làm việc tới.",
        (
            "Xem lần lượt từ trên xuống: giấy chưa in, hồ sơ chưa chuyển, khay chưa khớp, hồ sơ chưa gửi lên trên.",
            "Enter mở hồ sơ, danh sách giấy chưa in, trang Đồng bộ, hoặc sổ phản ánh đến hạn trả lời.",
            "Hồ sơ đến hạn ngày làm việc tới mà không kịp: mở hồ sơ, chọn «Xin lỗi, hẹn lại» ngay hôm nay.",
        ),
    ),
    "lookup": PageHelp(
        "Tra cứu",
        "Tìm hồ sơ bằng mã, tên có hoặc không dấu, số điện thoại, số giấy tờ, mã nơi khác cấp.",
        (
            "F3 rồi gõ; danh sách hiện dần. Gõ đủ mã rồi Enter thì mở thẳng hồ sơ.",
            "Quét mã trên giấy: hồ sơ mở ngay, ở bất kỳ trang nào.",
            "Số giấy tờ trong danh sách được che bớt; trang hồ sơ mới hiện đủ.",
        ),
    ),
    "dossier": PageHelp(
        "Trang hồ sơ",
        "Một hồ sơ từ lúc nhận đến lúc trả: đang ở đâu, hạn khi nào và vì sao, giấy tờ, các lần in.",
        (
            "Mỗi việc có một phím, lúc nào cũng vậy: 1 chuyển, 3 có kết quả, 4 trả. Việc chưa làm được không hiện.",
            "Ctrl+P in lại giấy tiếp nhận; bản in lại có chữ «In lại lần n».",
            "Vừa trả kết quả: Ctrl+1, 2, 3 ghi mức hài lòng của công dân, Ctrl+4 theo từng chỉ số, Esc để sau.",
            "Mục «Tin nhắn» (khi cơ quan có bật) cho biết công dân đã được báo những gì.",
            "Sửa tên, số giấy tờ: chọn «Đính chính», ghi lý do, in lại. Nhận nhầm trong ngày: chọn «Hủy tiếp nhận».",
        ),
    ),
    "reports": PageHelp(
        "Báo cáo",
        "Mọi báo cáo của một kỳ: số liệu đã kiểm tra đẳng thức, danh sách hồ sơ của từng số, biểu đồ.",
        (
            "Chọn kỳ hoặc tự ghi hai ngày. Dòng dưới bảng cho biết số liệu có khớp không.",
            "Bấm vào một số, hay Enter, để xem hồ sơ của số đó; Esc về lại báo cáo; Ctrl+E xuất danh sách.",
            "Alt+E, Alt+W, Alt+P xuất Excel, Word, PDF để ký và nộp; Alt+I in ngay.",
            "«Tính đến» lập lại báo cáo như khi mới nhập đến hết ngày đã chọn, bỏ việc nhập muộn hơn.",
            "«Biểu đồ» là đúng tờ sẽ in: tỷ lệ đúng hạn có ba cách tính, mỗi số ghi cách tính bên cạnh.",
        ),
    ),
    "tables": PageHelp(
        "Bảng của nơi khác",
        "Sổ giữ ở Excel, danh sách quá hạn của tỉnh, bảng số liệu của nơi khác: chọn hoặc thả tệp vào trang.",
        (
            "«Nhập sổ cũ»: xem mỗi cột thành gì, cột sai thì chọn lại, rồi «Nhập». Dừng giữa chừng không mất gì.",
            "Dòng bị bỏ lưu ra tệp kèm lý do: sửa tệp ấy rồi nhập lại. Không hồ sơ nào vào hai lần.",
            "«Giải trình quá hạn»: mỗi dòng được đối chiếu với nhật ký; lưu Word để ký, Excel để xem.",
            "«Đối chiếu số liệu»: từng chỗ không khớp, dòng nào, cột nào, phải là bao nhiêu.",
        ),
    ),
    "registers": PageHelp(
        "Sổ theo dõi",
        "Hồ sơ đã tiếp nhận trong những ngày chọn, theo thứ tự vào sổ.",
        (
            "Chọn từ ngày, đến ngày, lĩnh vực; gõ để lọc; Enter mở hồ sơ. In sổ và xuất Excel theo lĩnh vực đang chọn.",
            "«Phiếu bàn giao…»: các lần chuyển nhiều hồ sơ một lúc, để xem và in lại.",
            "Số trong sổ bắt đầu từ 01 mỗi năm, theo lĩnh vực.",
            "«Phiếu từ chối…»: những ai bị từ chối tại quầy, vì sao; xem và in lại phiếu.",
        ),
    ),
    "sync": PageHelp(
        "Đồng bộ",
        "Tệp có chữ ký gửi lên cấp trên, và câu trả lời của nơi nhận.",
        (
            "Có mạng thì máy tự gửi; «Gửi ngay» gửi liền. Mất mạng: không mất gì, hoặc «Xuất tệp» rồi chép vào USB.",
            "Hồ sơ bị trả lại có ghi lý do: «Sửa và gửi lại» mở hồ sơ đúng mục cần sửa.",
            "«Từ nơi nhận»: Enter để xem gói thay đổi gì rồi mới đồng ý; hồ sơ khác với Cổng không bao giờ tự đổi.",
        ),
    ),
    "office": PageHelp(
        "Cơ quan và máy này",
        "Thông tin cơ quan in trên giấy, và lối vào danh mục, lịch, máy in, máy quét.",
        (
            "Tên cơ quan, người ký, giờ làm việc, màu và cỡ chữ: bấm «Cài đặt», sửa rồi «Ghi thay đổi».",
            "Tin nhắn báo cho công dân: bấm «Tin nhắn báo cho công dân».",
            "Chọn máy in cho máy này ở đây. Sao lưu: bấm «Sao lưu ngay», chọn thêm nơi thứ hai như USB.",
        ),
    ),
    "citizens": PageHelp(
        "Người dân",
        "Số thứ tự, đánh giá khi trả kết quả, phản ánh và câu trả lời; trang và bảng cho người dân xem.",
        (
            "Ba phần ở hàng trên cùng: số thứ tự, đánh giá, phản ánh. Mũi tên trái, phải để đổi phần.",
            "F12 rồi Enter: «Mời số tiếp». «Giữ lại», «Vắng mặt»: số nằm lại trong danh sách, Enter để mời lại.",
            "«Chuyển…» ghi quầy khác hoặc việc khác và lý do. «Lấy số, in phiếu»: phiếu 80 mm hoặc A5.",
            "Đánh giá: quét hoặc gõ mã hồ sơ, chọn mức hài lòng; «Theo từng chỉ số…» nếu người dân muốn nói rõ hơn.",
            "Số thứ tự tự mới theo quầy khác và máy lấy số trong khi trang đang mở.",
            "Phản ánh: ghi nội dung, người gửi, cách liên hệ, hạn trả lời rồi Enter. Quá hạn được ghi rõ mấy ngày.",
            "Có kết quả: chọn dòng, ghi câu trả lời, người gửi hài lòng hay không, bấm «Ghi trả lời». Enter mở hồ sơ.",
            "«Trang cho người dân» để tự quét giấy hẹn xem hồ sơ; «Bảng gọi số» cho màn hình thứ hai.",
            "Đóng trang cho người dân: Ctrl+Alt+Q rồi Enter. Máy khóa ngay, đăng nhập lại để làm tiếp.",
        ),
    ),
    "rebuild": PageHelp(
        "Dựng lại sổ từ giấy đã in",
        "Khi đĩa hỏng mà bản sao lưu cũ hoặc không còn: hồ sơ bị mất được ghi lại từ mã QR trên liên lưu.",
        (
            "Hai người mở, mỗi lần 12 giờ; đóng trang hay tắt máy thì mở lại làm tiếp được.",
            "Quét «Mã lưu của cơ quan» trên từng tờ. Quét lại một tờ không sao: sổ đã có thì giữ nguyên.",
            "Không có bản sao lưu nào: quét mã trên trang khóa phục hồi trước, gõ khóa in trên trang đó.",
            "Tờ không nhận hiện kèm lý do. Xong thì bấm «Kết thúc dựng lại» rồi sao lưu.",
        ),
    ),
    "law": PageHelp(
        "Thay đổi pháp luật",
        "Nhận một thay đổi của pháp luật (mẫu giấy, mã, phí, thời hạn, lịch) từ một tệp có chữ ký.",
        (
            "Thả tệp .mclaw vào trang, hoặc «Chọn tệp». Xem điều đang có bên cạnh điều sẽ có; chưa có gì thay đổi.",
            "Nơi ban hành lạ: gọi nơi ấy, nghe đọc dấu vân tay, gõ vào ô rồi mới xem được.",
            "«Đồng ý, áp dụng» cần người thứ hai. Quy định bắt đầu từ ngày ghi trong gói; hồ sơ cũ giữ quy định cũ.",
            "Gói có sẵn trong chương trình hiện «có sẵn, chưa dùng»: Enter để xem.",
            "Nhầm gói: ghi lý do, «Bỏ gói đang chọn», khi chưa có việc nào làm theo gói ấy.",
        ),
    ),
    "calendar": PageHelp(
        "Lịch làm việc",
        "Ngày nghỉ, làm bù, làm nửa ngày, chỉ tiếp nhận; mỗi ngày kèm căn cứ.",
        (
            "Đi bằng phím mũi tên, chọn loại, ghi số quyết định, bấm «Ghi quyết định».",
            "Hồ sơ có ngày hẹn tính lại khác được liệt kê kèm số điện thoại để gọi; ngày đã hẹn không tự đổi.",
        ),
    ),
    "settings": PageHelp(
        "Cài đặt",
        "Các mục của tệp cơ quan in trên giấy, giờ làm việc, và màn hình của máy này.",
        (
            "Sửa ô nào cũng được, «Xem thử giấy» trước, rồi «Ghi thay đổi». Dùng ngay, không cần mở lại.",
            "Ghi chú trong tệp office.toml được giữ nguyên; lần sửa có trong nhật ký truy cập. Esc: bỏ thay đổi.",
            "Mã cơ quan và số quầy không đổi ở đây, vì nằm trong mọi số hồ sơ đã cấp.",
            "Màu màn hình đổi ngay; cỡ chữ 100 % đến 150 % đổi khi mở lại chương trình.",
        ),
    ),
    "rules": PageHelp(
        "Quy định của quầy",
        "Tin nhắn, câu hỏi đánh giá, lý do trễ hạn, hạn trả lời phản ánh, kỳ báo cáo, có ngày bắt đầu.",
        (
            "Enter ở một dòng để lấy nội dung của dòng ấy, sửa, ghi ngày và căn cứ, bấm «Ghi quy định».",
            "Quy định chỉ bắt đầu từ hôm nay trở đi; việc đã làm không đổi.",
        ),
    ),
    "catalogue": PageHelp(
        "Danh mục thủ tục",
        "Thủ tục cơ quan nhận: thời hạn, phí, giấy tờ, các bước; mỗi lần sửa là một phiên bản có ngày hiệu lực.",
        (
            "Gõ mã, chữ không dấu hoặc chữ cái đầu để lọc.",
            "«Cần hoàn chỉnh» là mục danh mục chưa biết: kiểm tra với quyết định của tỉnh rồi ghi vào.",
            "Enter mở thủ tục. Sửa, ghi ngày hiệu lực (trống là hôm nay), bấm «Lưu thành phiên bản mới».",
            "Hồ sơ đã nhận giữ phiên bản của mình; phiên bản ghi sớm tự áp dụng theo ngày tiếp nhận.",
            "Thủ tục bị thay mã: đánh dấu bãi bỏ và ghi mã thay thế; tìm mã cũ sẽ ra mã mới.",
            "Trong bảng giấy tờ, bước xử lý: Enter sửa ô, phím cách đổi cách nhận, Delete bỏ dòng.",
        ),
    ),
    "count": PageHelp(
        "Đếm khay cuối ngày",
        "So giấy trong khay với hồ sơ máy ghi đang ở quầy.",
        (
            "Quét lần lượt mọi hồ sơ trong khay; mã không quét được thì gõ rồi Enter.",
            "«Thiếu»: máy ghi ở quầy mà chưa thấy giấy. «Thừa»: giấy ở đây mà máy ghi nơi khác.",
            "Bấm «Kết thúc đếm»: chỗ chưa khớp được nhắc lại ở trang Đầu ngày hôm sau.",
        ),
    ),
    "devices": PageHelp(
        "Máy in, máy quét",
        "Máy in và khổ giấy của từng loại giấy, máy quét, tờ thử và tự kiểm tra.",
        (
            "In thẻ thử, quét các mã trên thẻ: trang cho biết máy quét đọc đúng hay cần đặt lại.",
            "Máy in tắt: giấy chờ trong danh sách, bật máy rồi in lại, không in hai lần.",
        ),
    ),
    "people": PageHelp(
        "Người làm việc",
        "Ai làm việc với chương trình, vai trò của từng người, mật khẩu.",
        (
            "Thêm người: gõ họ tên, chọn vai trò, đặt mật khẩu đầu tiên rồi đưa cho người đó.",
            "Người quên mật khẩu hoặc bị khóa: chọn tên, đặt lại mật khẩu.",
            "Người chuyển đi: ngừng làm việc. Tên vẫn còn trong những việc đã làm.",
            "Mỗi người tự đổi mật khẩu của mình ở trang Cơ quan.",
        ),
    ),
    "notices": PageHelp(
        "Tin nhắn",
        "Tin báo cho công dân: bật hay thôi, tin nào chờ, đã gửi lúc nào, bằng cách nào.",
        (
            "Người quản trị bấm «Dùng tin nhắn từ nay» một lần. Mỗi việc cần báo tự có một tin, chỉ ghi mã hồ sơ.",
            "Có modem: chọn hoặc gõ cổng, bấm «Gửi qua modem». Esc dừng sau tin đang gửi; tin chưa gửi vẫn chờ.",
            "Gửi bằng phần mềm khác: «Xuất tệp…», đưa tệp cho phần mềm ấy; tin đã ra tệp tính là đã gửi.",
            "Ai không muốn nhận: ghi số, bấm «Không gửi nữa». Tin mạng không nhận ba lần: gọi điện báo.",
        ),
    ),
    "help": PageHelp(
        "Trợ giúp",
        "Cách làm trên từng trang và các phím.",
        ("Bấm F1 ở trang nào thì đọc về trang đó. Chọn trang khác ở ô trên cùng. Esc trở về.",),
    ),
}
FIRST_DAY = PageHelp(
    "Ngày đầu tiên",
    "Việc của một ngày ở quầy, từ lúc mở máy đến lúc về.",
    (
        "F11: xem việc hôm trước để lại, việc đến hạn hôm nay, giấy chưa in.",
        "Có người đến: F2, gõ vài chữ của tên thủ tục, Enter; quét thẻ căn cước, hoặc gõ từng ô; F9 lưu và in.",
        "Chuyển hồ sơ: quét phiếu kiểm soát, bấm số của việc «Chuyển», gõ chữ đầu tên người nhận, Enter.",
        "Thiếu giấy: mở hồ sơ, yêu cầu bổ sung, ghi thiếu gì; người dân mang đến thì nhận bổ sung.",
        "Trả kết quả: quét giấy hẹn, chọn việc trả kết quả, ghi người nhận.",
        "Hết giờ: F4 xem ai đang giữ gì, F7 gửi, F8 sao lưu ra USB.",
        "Không biết bấm gì: F1 ở bất kỳ trang nào, rồi Ctrl+F và gõ từ cần tìm.",
    ),
)
"""Help of a clerk's first day."""
