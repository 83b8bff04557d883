### 简体中文门户。

language-name = 简体中文
persona-language = zh-CN

## 每个页面

skip = 跳到正文
links = 帮助与隐私
languages = 语言
help = 获取帮助
privacy = 隐私
try-again = 重试

home-title = 身份验证
home-text = 要继续为{ $company }进行验证，请打开发送给您的专属链接。如果链接已经不在，请向{ $company }索取新的链接。

## 链接的页面

welcome-title = 继续您的验证
welcome-text = { $company }请您完成身份确认。您可以从上次中断的地方继续。
welcome-elsewhere = 此链接已在另一台设备上打开过。要在这里继续，请确认您的出生日期。
step-time = { $plural ->
   *[other] 大约需要{ $minutes }分钟。
}
step-document = 请准备好身份证件，并确保拍摄时光线充足。
step-progress = 您已完成的内容会保留，随时可以停下。
step-until = 您的链接有效期至：{ $until }。
continue = 继续验证
birthdate = 出生日期
birthdate-why = 仅用于确认是您本人。只作比对，不会保存。

## 当前进度

stage-working = 正在打开您的验证…
stage-loading = 正在加载，可能需要一点时间。
stage-checking = 正在查询结果…
stage-waiting = 谢谢。结果尚未返回。您可以稍后再次查询，或关闭此页面。
stage-offline = 暂时无法连接到我们。请检查您的网络，然后重试。内容不会丢失。
stage-cancelled = 您已退出验证。已完成的内容已保留，您可以随时继续。
stage-session-lost = 验证与您的连接已中断。请点按按钮，从上次中断的地方继续。
stage-flow-error = 验证因出错而停止。请重试，或使用下方的其他方式。
stage-camera-denied = 无法使用摄像头。请在浏览器设置中允许使用后重试，或在手机上继续。
stage-frame-stalled = 用时比平常要长。您可以继续等待，或使用其他方式。
stage-script-blocked = 您的浏览器未能启动验证。请为此页面关闭内容拦截，或使用下方的其他方式。
stage-factor-needed = 请输入您的出生日期以继续。
stage-factor-wrong = 该日期与我们的记录不符。请检查后重试。
stage-too-many = 操作过于频繁。请等待一分钟，然后重试。
stage-persona-unavailable = 验证服务暂时没有响应。请一分钟后重试。您的链接仍然有效，内容不会丢失。
stage-internal = 我们这边出了问题。请一分钟后重试。您的链接仍然有效，内容不会丢失。

## 其他方式

hosted = 在整页中打开
phone = 在手机上继续
check-again = 再次查询
dialog-title = 身份验证
close = 关闭
phone-title = 在您的手机上继续
phone-text = { $plural ->
   *[other] 请用手机摄像头对准二维码并打开链接。链接在{ $minutes }分钟内有效，只能在一部手机上使用。
}
phone-code = 用于在手机上打开验证的二维码
phone-done = 我已在手机上完成
phone-back = 改为在此设备上继续

## 结果

leave = 返回{ $company }
next = 继续
completed-title = 您已完成
completed-text = 谢谢。{ $company }已收到您的验证，您无需在此进行其他操作。
in-review-title = 您的验证正在审核中
in-review-text = 谢谢。{ $company }正在审核，之后会与您联系。您无需在此进行其他操作。
approved-title = 您已通过验证
approved-text = 谢谢。您的身份已确认，{ $company }也已收到通知。
declined-title = 您的验证未被接受
declined-text = { $company }未能接受此次验证。如需了解原因以及您可以怎么做，请联系{ $company }。
failed-title = 您的验证未成功
failed-text = 未能确认您的身份。请联系{ $company }，对方可以为您重新发起验证。
redacted-title = 此验证已被删除
redacted-text = 相关数据已应要求删除，因此无法继续。如果{ $company }仍需验证您的身份，请向其索取新的链接。
unfinished-title = 您的验证尚未完成
unfinished-text = 您已完成的内容已保留。您可以从上次中断的地方继续。

## 无法继续的原因

unknown-link-title = 此页面不存在
unknown-link-text = 地址不完整，或者从来不是我们的链接。
unknown-link-next = 请从您收到的消息中重新打开链接。如果仍然不行，请向{ $company }索取新的链接。
link-expired-title = 此链接已过期
link-expired-text = 为了您的安全，链接只在有限的时间内有效。
link-expired-next = 请向{ $company }索取新的链接。您已完成的内容已保留。
link-revoked-title = 此链接已失效
link-revoked-text = { $company }已更换或撤回此链接。
link-revoked-next = 请使用您收到的最新链接，或向{ $company }索取新的链接。
other-device-title = 此链接属于另一台设备
other-device-text = 为了您的安全，链接只能在首次使用它的设备和浏览器中使用。
other-device-next = 请在那里继续，或向{ $company }索取新的链接。
factor-needed-title = 请确认是您本人
factor-needed-text = 此链接需要您的出生日期。
factor-needed-next = 请从您收到的消息中重新打开链接并输入出生日期。
factor-wrong-title = 日期不正确
factor-wrong-text = 该出生日期与我们的记录不符。
factor-wrong-next = 请从您收到的消息中重新打开链接并再试一次。
factor-locked-title = 此链接已锁定
factor-locked-text = 错误的出生日期输入次数过多。
factor-locked-next = 请向{ $company }索取新的链接。您已完成的内容已保留。
settled-title = 此验证已结束
settled-text = 这里没有其他需要做的事。
settled-next = 如果您认为有误，请联系{ $company }。
not-resumable-title = 此验证无法继续
not-resumable-text = 验证服务不允许再次打开它。
not-resumable-next = 请联系{ $company }，对方可以为您重新发起验证。
foreign-origin-title = 此请求来自其他地方
foreign-origin-text = 为了您的安全，我们只接受从我们自己的页面发送的内容。
foreign-origin-next = 请从您收到的消息中重新打开链接。
bad-request-title = 无法读取此请求
bad-request-text = 其中有内容缺失或损坏。
bad-request-next = 请从您收到的消息中重新打开链接。
too-long-title = 内容过长
too-long-text = 发送的内容超出了我们任何页面所需。
too-long-next = 请从您收到的消息中重新打开链接。
too-many-title = 请稍候
too-many-text = 来自您网络的请求过多。
too-many-next = 请等待一分钟，然后重试。内容不会丢失。
persona-unavailable-title = 验证服务没有响应
persona-unavailable-text = 我们无法连接到{ $company }所使用的验证服务。
persona-unavailable-next = 请一分钟后重试。您的链接仍然有效，内容不会丢失。
internal-title = 我们这边出了问题
internal-text = 我们已记录所发生的情况。
internal-next = 请一分钟后重试。您的链接仍然有效，内容不会丢失。

## 新的链接

recover = 给我发送新链接
recover-title = 获取新链接
recover-text = 如果您的链接已失效或丢失，我们可以再发送一个。新链接只会发送到您为验证所提供的电子邮件地址或电话号码。
recover-label = 您的编号或旧链接
recover-hint = 例如您的客户编号、验证编号，或您收到的链接的完整地址。
recover-empty = 请输入您的编号或旧链接。
recover-off = 此处无法申请新链接。请向{ $company }索取。
recover-sent-title = 请查看您的消息
recover-sent-text = 如果您输入的内容属于{ $company }尚未完成的验证，新链接已在发送途中。它会发送到您为此提供的联系方式，并在几分钟内送达。
recover-sent-next = 为了您的安全，我们无法在此说明是否存在这样的验证。如果没有收到，请查看垃圾邮件文件夹，或咨询{ $company }。
recover-again = 输入其他内容

## 带有链接的邮件

mail-subject = 请继续您在{ $company }的验证
mail-text = { $company }请您完成身份确认。您可以从上次中断的地方继续。请打开此链接：
mail-hours = { $plural ->
   *[other] 链接有效{ $hours }小时（至{ $until }），只能在一台设备上使用。
}
mail-days = { $plural ->
   *[other] 链接有效{ $days }天（至{ $until }），只能在一台设备上使用。
}
mail-safety = 此链接仅供您本人使用：请勿转发给他人。如果您并未预期收到此消息，请在打开之前咨询{ $company }。
reminder-subject = 您在{ $company }的验证尚未完成
reminder-text = 不久前，您开始为{ $company }确认身份。您已完成的内容已保留。请打开此链接继续：
recovery-subject = { $company }发来的新链接
recovery-text = 您为{ $company }的验证申请了新链接。您可以从上次中断的地方继续。请打开此链接：

## 链接之前的简短文字

sms-text = { $company }：请继续您的验证：
sms-reminder = { $company }：您的验证尚未完成。请在此继续：
sms-recovery = { $company }：这是您申请的新链接：
