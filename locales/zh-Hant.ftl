### 繁體中文入口網站。

language-name = 繁體中文
persona-language = zh-TW

## 每個頁面

skip = 跳到主要內容
links = 說明與隱私權
languages = 語言
help = 取得協助
privacy = 隱私權
try-again = 再試一次

home-title = 身分驗證
home-text = 若要繼續為{ $company }進行驗證，請開啟寄給您的專屬連結。如果連結已經不在手邊，請向{ $company }索取新的連結。

## 連結的頁面

welcome-title = 繼續您的驗證
welcome-text = { $company }請您完成身分確認。您可以從上次中斷的地方繼續。
welcome-elsewhere = 這個連結已在另一台裝置上開啟過。若要在這裡繼續，請確認您的出生日期。
step-time = { $plural ->
   *[other] 大約需要 { $minutes } 分鐘。
}
step-document = 請準備好身分證件，並確保拍攝時光線充足。
step-progress = 您已完成的部分會保留，隨時都可以停下來。
step-until = 您的連結有效至：{ $until }。
continue = 繼續驗證
birthdate = 出生日期
birthdate-why = 僅用於確認是您本人。只做比對，不會保存。

## 目前進度

stage-working = 正在開啟您的驗證…
stage-loading = 正在載入，可能需要一點時間。
stage-checking = 正在查詢結果…
stage-waiting = 謝謝您。結果尚未回傳。您可以稍後再查詢，或關閉此頁面。
stage-offline = 目前無法與我們連線。請檢查您的網路，然後再試一次。內容不會遺失。
stage-cancelled = 您已離開驗證。完成的部分已保留，您可以隨時繼續。
stage-session-lost = 驗證與您的連線已中斷。請按下按鈕，從上次中斷的地方繼續。
stage-flow-error = 驗證因發生錯誤而停止。請再試一次，或使用下方的其他方式。
stage-camera-denied = 無法使用相機。請在瀏覽器設定中允許使用後再試一次，或改用手機繼續。
stage-frame-stalled = 花費的時間比平常久。您可以繼續等候，或使用其他方式。
stage-script-blocked = 您的瀏覽器未能啟動驗證。請關閉此頁面的內容阻擋功能，或使用下方的其他方式。
stage-factor-needed = 請輸入您的出生日期以繼續。
stage-factor-wrong = 此日期與我們的紀錄不符。請檢查後再試一次。
stage-too-many = 操作過於頻繁。請等候一分鐘，然後再試一次。
stage-persona-unavailable = 驗證服務目前沒有回應。請在一分鐘後再試一次。您的連結仍然有效，內容不會遺失。
stage-internal = 我們這邊發生了問題。請在一分鐘後再試一次。您的連結仍然有效，內容不會遺失。

## 其他方式

hosted = 以完整頁面開啟
phone = 在手機上繼續
check-again = 再次查詢
dialog-title = 身分驗證
close = 關閉
phone-title = 在您的手機上繼續
phone-text = { $plural ->
   *[other] 請用手機相機對準QR 碼並開啟連結。連結在 { $minutes } 分鐘內有效，且只能在一支手機上使用。
}
phone-code = 用於在手機上開啟驗證的 QR 碼
phone-done = 我已在手機上完成
phone-back = 改在這台裝置上繼續

## 結果

leave = 返回{ $company }
next = 繼續
completed-title = 您已完成
completed-text = 謝謝您。{ $company }已收到您的驗證，您不需要在此進行其他動作。
in-review-title = 您的驗證正在審核中
in-review-text = 謝謝您。{ $company }正在審核，之後會與您聯絡。您不需要在此進行其他動作。
approved-title = 您已通過驗證
approved-text = 謝謝您。您的身分已確認，{ $company }也已收到通知。
declined-title = 您的驗證未獲接受
declined-text = { $company }無法接受這次驗證。若要了解原因以及您可以怎麼做，請聯絡{ $company }。
failed-title = 您的驗證未成功
failed-text = 無法確認您的身分。請聯絡{ $company }，對方可以為您重新開始驗證。
redacted-title = 這項驗證已刪除
redacted-text = 相關資料已應要求移除，因此無法繼續。如果{ $company }仍需驗證您的身分，請向其索取新的連結。
unfinished-title = 您的驗證尚未完成
unfinished-text = 您已完成的部分已保留。您可以從上次中斷的地方繼續。

## 無法繼續的原因

unknown-link-title = 此頁面不存在
unknown-link-text = 網址不完整，或從來不是我們的連結。
unknown-link-next = 請從您收到的訊息中重新開啟連結。如果仍然不行，請向{ $company }索取新的連結。
link-expired-title = 這個連結已過期
link-expired-text = 為了您的安全，連結只在有限的時間內有效。
link-expired-next = 請向{ $company }索取新的連結。您已完成的部分已保留。
link-revoked-title = 這個連結已失效
link-revoked-text = { $company }已更換或撤回這個連結。
link-revoked-next = 請使用您收到的最新連結，或向{ $company }索取新的連結。
other-device-title = 這個連結屬於另一台裝置
other-device-text = 為了您的安全，連結只能在首次使用它的裝置和瀏覽器中使用。
other-device-next = 請在那裡繼續，或向{ $company }索取新的連結。
factor-needed-title = 請確認是您本人
factor-needed-text = 這個連結需要您的出生日期。
factor-needed-next = 請從您收到的訊息中重新開啟連結，並輸入出生日期。
factor-wrong-title = 日期不正確
factor-wrong-text = 此出生日期與我們的紀錄不符。
factor-wrong-next = 請從您收到的訊息中重新開啟連結，並再試一次。
factor-locked-title = 這個連結已鎖定
factor-locked-text = 輸入錯誤出生日期的次數過多。
factor-locked-next = 請向{ $company }索取新的連結。您已完成的部分已保留。
settled-title = 這項驗證已結束
settled-text = 這裡沒有其他需要做的事。
settled-next = 如果您認為有誤，請聯絡{ $company }。
not-resumable-title = 這項驗證無法繼續
not-resumable-text = 驗證服務不允許再次開啟。
not-resumable-next = 請聯絡{ $company }，對方可以為您重新開始驗證。
foreign-origin-title = 這項要求來自其他地方
foreign-origin-text = 為了您的安全，我們只接受從我們自己的頁面送出的內容。
foreign-origin-next = 請從您收到的訊息中重新開啟連結。
bad-request-title = 無法讀取這項要求
bad-request-text = 其中有內容遺漏或損壞。
bad-request-next = 請從您收到的訊息中重新開啟連結。
too-long-title = 內容過長
too-long-text = 送出的內容超出我們任何頁面所需。
too-long-next = 請從您收到的訊息中重新開啟連結。
too-many-title = 請稍候
too-many-text = 來自您網路的要求過多。
too-many-next = 請等候一分鐘，然後再試一次。內容不會遺失。
persona-unavailable-title = 驗證服務沒有回應
persona-unavailable-text = 我們無法連線到{ $company }所使用的驗證服務。
persona-unavailable-next = 請在一分鐘後再試一次。您的連結仍然有效，內容不會遺失。
internal-title = 我們這邊發生了問題
internal-text = 我們已記錄發生的情況。
internal-next = 請在一分鐘後再試一次。您的連結仍然有效，內容不會遺失。

## 新的連結

recover = 寄新連結給我
recover-title = 取得新連結
recover-text = 如果您的連結已失效或遺失，我們可以再寄一個給您。新連結只會寄到您為驗證所提供的電子郵件地址或電話號碼。
recover-label = 您的編號或舊連結
recover-hint = 例如您的客戶編號、驗證編號，或您收到的連結的完整網址。
recover-empty = 請輸入您的編號或舊連結。
recover-off = 這裡無法申請新連結。請向{ $company }索取。
recover-sent-title = 請查看您的訊息
recover-sent-text = 如果您輸入的內容屬於{ $company }尚未完成的驗證，新連結已在寄送途中。它會寄到您為此提供的聯絡方式，並在幾分鐘內送達。
recover-sent-next = 為了您的安全，我們無法在此說明是否有這樣的驗證。如果沒有收到，請查看垃圾郵件匣，或詢問{ $company }。
recover-again = 輸入其他內容

## 附上連結的郵件

mail-subject = 請繼續您在{ $company }的驗證
mail-text = { $company }請您完成身分確認。您可以從上次中斷的地方繼續。請開啟這個連結：
mail-hours = { $plural ->
   *[other] 連結有效 { $hours } 小時（至 { $until }），且只能在一台裝置上使用。
}
mail-days = { $plural ->
   *[other] 連結有效 { $days } 天（至 { $until }），且只能在一台裝置上使用。
}
mail-safety = 這個連結僅供您本人使用：請勿轉寄給他人。如果您並未預期收到這則訊息，請在開啟之前詢問{ $company }。
reminder-subject = 您在{ $company }的驗證尚未完成
reminder-text = 不久前，您開始為{ $company }確認身分。您已完成的部分已保留。請開啟這個連結繼續：
recovery-subject = { $company }寄來的新連結
recovery-text = 您為{ $company }的驗證申請了新連結。您可以從上次中斷的地方繼續。請開啟這個連結：

## 連結之前的簡短文字

sms-text = { $company }：請繼續您的驗證：
sms-reminder = { $company }：您的驗證尚未完成。請在此繼續：
sms-recovery = { $company }：這是您申請的新連結：
