### Cổng thông tin bằng tiếng Việt.

language-name = Tiếng Việt
persona-language = vi

## Trên mọi trang

skip = Chuyển đến nội dung
links = Trợ giúp và quyền riêng tư
languages = Ngôn ngữ
help = Nhận trợ giúp
privacy = Quyền riêng tư
try-again = Thử lại

home-title = Xác minh danh tính
home-text = Để tiếp tục xác minh cho { $company }, hãy mở liên kết cá nhân đã được gửi cho bạn. Nếu bạn không còn liên kết đó, hãy xin { $company } một liên kết mới.

## Trang của một liên kết

welcome-title = Tiếp tục xác minh
welcome-text = { $company } đề nghị bạn hoàn tất việc xác nhận danh tính. Bạn có thể tiếp tục từ chỗ đã dừng.
welcome-elsewhere = Liên kết này đã được mở trên một thiết bị khác. Để tiếp tục tại đây, hãy xác nhận ngày sinh của bạn.
step-time = { $plural ->
    [one] Mất khoảng { $minutes } phút.
   *[other] Mất khoảng { $minutes } phút.
}
step-document = Hãy chuẩn bị giấy tờ tùy thân và chọn nơi đủ sáng cho máy ảnh.
step-progress = Những gì bạn đã làm được lưu lại. Bạn có thể dừng bất cứ lúc nào.
step-until = Liên kết của bạn có hiệu lực đến { $until }.
continue = Tiếp tục xác minh
birthdate = Ngày sinh
birthdate-why = Chỉ để chắc chắn rằng đó là bạn. Ngày sinh được đối chiếu và không được lưu.

## Tình trạng của lượt truy cập

stage-working = Đang mở phần xác minh của bạn…
stage-loading = Đang tải. Việc này có thể mất một chút thời gian.
stage-checking = Đang kiểm tra kết quả…
stage-waiting = Cảm ơn bạn. Chưa có kết quả. Bạn có thể kiểm tra lại sau giây lát hoặc đóng trang này.
stage-offline = Hiện không thể kết nối với chúng tôi. Hãy kiểm tra kết nối của bạn rồi thử lại. Không có gì bị mất.
stage-cancelled = Bạn đã rời khỏi phần xác minh. Những gì bạn đã làm được lưu lại; hãy tiếp tục bất cứ khi nào bạn muốn.
stage-session-lost = Phần xác minh đã mất kết nối với bạn. Hãy nhấn nút để tiếp tục từ chỗ đã dừng.
stage-flow-error = Phần xác minh đã dừng vì một lỗi. Vui lòng thử lại hoặc dùng một trong các cách khác bên dưới.
stage-camera-denied = Không thể sử dụng máy ảnh. Hãy cho phép trong cài đặt trình duyệt rồi thử lại, hoặc tiếp tục trên điện thoại.
stage-frame-stalled = Việc này đang mất nhiều thời gian hơn bình thường. Bạn có thể chờ hoặc dùng một trong các cách khác.
stage-script-blocked = Trình duyệt của bạn không cho phần xác minh bắt đầu. Hãy tắt trình chặn nội dung cho trang này hoặc dùng một trong các cách khác bên dưới.
stage-factor-needed = Vui lòng nhập ngày sinh của bạn để tiếp tục.
stage-factor-wrong = Ngày này không khớp với ngày chúng tôi biết. Vui lòng kiểm tra rồi thử lại.
stage-too-many = Bạn thao tác hơi nhanh. Vui lòng chờ một phút rồi thử lại.
stage-persona-unavailable = Dịch vụ xác minh hiện không phản hồi. Vui lòng thử lại sau một phút. Liên kết của bạn vẫn có hiệu lực và không có gì bị mất.
stage-internal = Đã có lỗi từ phía chúng tôi. Vui lòng thử lại sau một phút. Liên kết của bạn vẫn có hiệu lực và không có gì bị mất.

## Các cách khác

hosted = Mở trên cả trang
phone = Tiếp tục trên điện thoại
check-again = Kiểm tra lại
dialog-title = Xác minh danh tính
close = Đóng
phone-title = Tiếp tục trên điện thoại của bạn
phone-text = { $plural ->
    [one] Hướng máy ảnh điện thoại vào mã và mở liên kết. Liên kết có hiệu lực trong { $minutes } phút, trên một điện thoại.
   *[other] Hướng máy ảnh điện thoại vào mã và mở liên kết. Liên kết có hiệu lực trong { $minutes } phút, trên một điện thoại.
}
phone-code = Mã QR để mở phần xác minh của bạn trên điện thoại
phone-done = Tôi đã làm xong trên điện thoại
phone-back = Tiếp tục trên thiết bị này

## Kết quả

leave = Quay lại { $company }
next = Tiếp tục
completed-title = Bạn đã hoàn tất
completed-text = Cảm ơn bạn. { $company } đã nhận được phần xác minh của bạn và bạn không cần làm gì thêm ở đây.
in-review-title = Phần xác minh của bạn đang được xem xét
in-review-text = Cảm ơn bạn. { $company } đang xem xét và sẽ liên hệ lại với bạn. Bạn không cần làm gì thêm ở đây.
approved-title = Bạn đã được xác minh
approved-text = Cảm ơn bạn. Danh tính của bạn đã được xác nhận và { $company } đã biết điều này.
declined-title = Phần xác minh của bạn không được chấp nhận
declined-text = { $company } không thể chấp nhận lần xác minh này. Để biết lý do và những gì bạn có thể làm, vui lòng liên hệ với { $company }.
failed-title = Xác minh không thành công
failed-text = Không thể xác nhận danh tính của bạn. Vui lòng liên hệ với { $company }; họ có thể bắt đầu một lần xác minh mới cho bạn.
redacted-title = Lần xác minh này đã bị xóa
redacted-text = Dữ liệu đã được xóa theo yêu cầu nên không thể tiếp tục. Nếu { $company } vẫn cần xác minh bạn, hãy xin họ một liên kết mới.
unfinished-title = Việc xác minh của bạn chưa hoàn tất
unfinished-text = Những gì bạn đã làm được lưu lại. Bạn có thể tiếp tục từ chỗ đã dừng.

## Những gì cản trở

unknown-link-title = Trang này không tồn tại
unknown-link-text = Địa chỉ không đầy đủ hoặc chưa bao giờ là liên kết của chúng tôi.
unknown-link-next = Hãy mở lại liên kết từ tin nhắn của bạn. Nếu vẫn không được, hãy xin { $company } một liên kết mới.
link-expired-title = Liên kết này đã hết hạn
link-expired-text = Vì sự an toàn của bạn, liên kết chỉ có hiệu lực trong thời gian giới hạn.
link-expired-next = Hãy xin { $company } một liên kết mới. Những gì bạn đã làm được lưu lại.
link-revoked-title = Liên kết này không còn hiệu lực
link-revoked-text = { $company } đã thay thế hoặc thu hồi liên kết này.
link-revoked-next = Hãy dùng liên kết mới nhất đã được gửi cho bạn hoặc xin { $company } một liên kết mới.
other-device-title = Liên kết này thuộc về một thiết bị khác
other-device-text = Vì sự an toàn của bạn, liên kết chỉ dùng được trên thiết bị và trong trình duyệt đã mở nó lần đầu.
other-device-next = Hãy tiếp tục ở đó hoặc xin { $company } một liên kết mới.
factor-needed-title = Vui lòng xác nhận đó là bạn
factor-needed-text = Liên kết này cần ngày sinh của bạn.
factor-needed-next = Hãy mở lại liên kết từ tin nhắn của bạn và nhập ngày sinh.
factor-wrong-title = Ngày đó không đúng
factor-wrong-text = Ngày sinh không khớp với ngày chúng tôi biết.
factor-wrong-next = Hãy mở lại liên kết từ tin nhắn của bạn và thử thêm một lần.
factor-locked-title = Liên kết này đã bị khóa
factor-locked-text = Ngày sinh sai đã được nhập quá nhiều lần.
factor-locked-next = Hãy xin { $company } một liên kết mới. Những gì bạn đã làm được lưu lại.
settled-title = Lần xác minh này đã kết thúc
settled-text = Không còn gì cần làm ở đây.
settled-next = Nếu bạn cho rằng đây là nhầm lẫn, vui lòng liên hệ với { $company }.
not-resumable-title = Không thể tiếp tục lần xác minh này
not-resumable-text = Dịch vụ xác minh không cho phép mở lại.
not-resumable-next = Vui lòng liên hệ với { $company }; họ có thể bắt đầu một lần xác minh mới cho bạn.
foreign-origin-title = Yêu cầu này đến từ nơi khác
foreign-origin-text = Vì sự an toàn của bạn, chúng tôi chỉ nhận những gì được gửi từ các trang của chính chúng tôi.
foreign-origin-next = Hãy mở lại liên kết từ tin nhắn của bạn.
bad-request-title = Không thể đọc yêu cầu này
bad-request-text = Có phần nào đó bị thiếu hoặc bị hỏng.
bad-request-next = Hãy mở lại liên kết từ tin nhắn của bạn.
too-long-title = Nội dung quá dài
too-long-text = Nội dung gửi đi nhiều hơn mức mà bất kỳ trang nào của chúng tôi yêu cầu.
too-long-next = Hãy mở lại liên kết từ tin nhắn của bạn.
too-many-title = Xin chờ một chút
too-many-text = Có quá nhiều yêu cầu từ kết nối của bạn.
too-many-next = Hãy chờ một phút rồi thử lại. Không có gì bị mất.
persona-unavailable-title = Dịch vụ xác minh không phản hồi
persona-unavailable-text = Chúng tôi không thể kết nối với dịch vụ mà { $company } dùng để xác minh.
persona-unavailable-next = Vui lòng thử lại sau một phút. Liên kết của bạn vẫn có hiệu lực và không có gì bị mất.
internal-title = Đã có lỗi từ phía chúng tôi
internal-text = Chúng tôi đã ghi lại những gì xảy ra.
internal-next = Vui lòng thử lại sau một phút. Liên kết của bạn vẫn có hiệu lực và không có gì bị mất.

## Một liên kết mới

recover = Gửi cho tôi liên kết mới
recover-title = Nhận liên kết mới
recover-text = Nếu liên kết của bạn không còn dùng được hoặc đã bị mất, chúng tôi có thể gửi cho bạn liên kết khác. Liên kết chỉ được gửi đến địa chỉ email hoặc số điện thoại bạn đã cung cấp cho việc xác minh.
recover-label = Mã tham chiếu của bạn hoặc liên kết cũ
recover-hint = Ví dụ: mã khách hàng, mã số lần xác minh hoặc toàn bộ địa chỉ của liên kết đã được gửi cho bạn.
recover-empty = Vui lòng nhập mã tham chiếu của bạn hoặc liên kết cũ.
recover-off = Không thể yêu cầu liên kết mới tại đây. Vui lòng xin { $company } một liên kết.
recover-sent-title = Hãy xem tin nhắn của bạn
recover-sent-text = Nếu nội dung bạn nhập thuộc về một lần xác minh cho { $company } chưa hoàn tất, một liên kết mới đang được gửi đi. Liên kết được gửi đến thông tin liên hệ bạn đã cung cấp và sẽ đến trong vài phút.
recover-sent-next = Vì sự an toàn của bạn, chúng tôi không thể cho biết ở đây có lần xác minh như vậy hay không. Nếu không nhận được gì, hãy kiểm tra thư mục thư rác hoặc hỏi { $company }.
recover-again = Nhập nội dung khác

## Thư mang theo một liên kết

mail-subject = Tiếp tục xác minh với { $company }
mail-text = { $company } đề nghị bạn hoàn tất việc xác nhận danh tính. Bạn có thể tiếp tục từ chỗ đã dừng. Hãy mở liên kết này:
mail-hours = { $plural ->
    [one] Liên kết có hiệu lực trong { $hours } giờ (đến { $until }), trên một thiết bị.
   *[other] Liên kết có hiệu lực trong { $hours } giờ (đến { $until }), trên một thiết bị.
}
mail-days = { $plural ->
    [one] Liên kết có hiệu lực trong { $days } ngày (đến { $until }), trên một thiết bị.
   *[other] Liên kết có hiệu lực trong { $days } ngày (đến { $until }), trên một thiết bị.
}
mail-safety = Liên kết chỉ dành riêng cho bạn: vui lòng không chuyển cho người khác. Nếu bạn không chờ đợi tin nhắn này, hãy hỏi { $company } trước khi mở.
reminder-subject = Việc xác minh của bạn với { $company } chưa hoàn tất
reminder-text = Trước đây bạn đã bắt đầu xác nhận danh tính cho { $company }. Những gì bạn đã làm được lưu lại. Hãy mở liên kết này để tiếp tục:
recovery-subject = Liên kết mới của bạn từ { $company }
recovery-text = Bạn đã yêu cầu một liên kết mới cho việc xác minh với { $company }. Bạn có thể tiếp tục từ chỗ đã dừng. Hãy mở liên kết này:

## Nội dung ngắn gọn, trước liên kết

sms-text = { $company }: hãy tiếp tục xác minh:
sms-reminder = { $company }: việc xác minh của bạn chưa hoàn tất. Tiếp tục tại đây:
sms-recovery = { $company }: đây là liên kết mới mà bạn đã yêu cầu:
