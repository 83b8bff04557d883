### 日本語のポータル。

language-name = 日本語
persona-language = ja

## すべてのページ

skip = 本文へ移動
links = ヘルプとプライバシー
languages = 言語
help = お問い合わせ
privacy = プライバシー
try-again = もう一度試す

home-title = 本人確認
home-text = { $company }の本人確認を続けるには、お手元に届いた専用のリンクを開いてください。リンクが見つからない場合は、{ $company }に新しいリンクをお求めください。

## リンクのページ

welcome-title = 本人確認の続きへ
welcome-text = { $company }より、本人確認の完了をお願いしています。前回の続きから進められます。
welcome-elsewhere = このリンクはすでに別の端末で開かれています。この端末で続けるには、生年月日をご確認ください。
step-time = { $plural ->
   *[other] 所要時間は約{ $minutes }分です。
}
step-document = 本人確認書類をご用意のうえ、カメラで撮影しやすい明るい場所で行ってください。
step-progress = これまでの内容は保存されています。いつでも中断できます。
step-until = リンクの有効期限：{ $until }
continue = 本人確認を続ける
birthdate = 生年月日
birthdate-why = ご本人であることの確認にのみ使用します。照合するだけで、保存はしません。

## 現在の状況

stage-working = 本人確認を開いています…
stage-loading = 読み込んでいます。少し時間がかかることがあります。
stage-checking = 結果を確認しています…
stage-waiting = ありがとうございます。結果はまだ届いていません。しばらくしてからもう一度確認するか、このページを閉じてください。
stage-offline = 現在、接続できません。通信状態をご確認のうえ、もう一度お試しください。内容は失われていません。
stage-cancelled = 本人確認を中断しました。これまでの内容は保存されていますので、いつでも続けられます。
stage-session-lost = 本人確認との接続が切れました。ボタンを押すと、前回の続きから進められます。
stage-flow-error = エラーのため本人確認が止まりました。もう一度お試しいただくか、下のほかの方法をご利用ください。
stage-camera-denied = カメラを使用できませんでした。ブラウザの設定で許可してからもう一度お試しいただくか、スマートフォンで続けてください。
stage-frame-stalled = 通常より時間がかかっています。このままお待ちいただくか、ほかの方法をご利用ください。
stage-script-blocked = ブラウザが本人確認の開始を妨げました。このページのコンテンツブロッカーをオフにするか、下のほかの方法をご利用ください。
stage-factor-needed = 続けるには、生年月日を入力してください。
stage-factor-wrong = 登録されている日付と一致しません。ご確認のうえ、もう一度お試しください。
stage-too-many = 操作の回数が多すぎます。1分ほど待ってから、もう一度お試しください。
stage-persona-unavailable = 現在、本人確認サービスが応答していません。1分ほどしてから、もう一度お試しください。リンクは引き続き有効で、内容は失われていません。
stage-internal = こちら側で問題が発生しました。1分ほどしてから、もう一度お試しください。リンクは引き続き有効で、内容は失われていません。

## ほかの方法

hosted = 全画面のページで開く
phone = スマートフォンで続ける
check-again = もう一度確認する
dialog-title = 本人確認
close = 閉じる
phone-title = スマートフォンで続ける
phone-text = { $plural ->
   *[other] スマートフォンのカメラをコードに向けて、リンクを開いてください。{ $minutes }分間、1台のスマートフォンでのみ使えます。
}
phone-code = スマートフォンで本人確認を開くQRコード
phone-done = スマートフォンで完了しました
phone-back = この端末で続ける

## 結果

leave = { $company }に戻る
next = 続ける
completed-title = 完了しました
completed-text = ありがとうございます。{ $company }が本人確認を受け付けました。ここで行うことはもうありません。
in-review-title = 本人確認を審査しています
in-review-text = ありがとうございます。{ $company }が内容を確認し、追ってご連絡します。ここで行うことはもうありません。
approved-title = 本人確認が済みました
approved-text = ありがとうございます。ご本人であることが確認され、{ $company }にも伝わっています。
declined-title = 本人確認は承認されませんでした
declined-text = { $company }はこの本人確認を承認できませんでした。理由と今後の手続きについては、{ $company }にお問い合わせください。
failed-title = 本人確認ができませんでした
failed-text = ご本人であることを確認できませんでした。{ $company }にお問い合わせください。新しい本人確認を始められます。
redacted-title = この本人確認は削除されました
redacted-text = ご要望によりデータが削除されたため、続けることはできません。{ $company }の本人確認がまだ必要な場合は、新しいリンクをお求めください。
unfinished-title = 本人確認はまだ完了していません
unfinished-text = これまでの内容は保存されています。前回の続きから進められます。

## 続けられない理由

unknown-link-title = このページは存在しません
unknown-link-text = アドレスが途中で切れているか、当サービスのリンクではありません。
unknown-link-next = メッセージからもう一度リンクを開いてください。それでも開けない場合は、{ $company }に新しいリンクをお求めください。
link-expired-title = このリンクは期限が切れています
link-expired-text = 安全のため、リンクには有効期限があります。
link-expired-next = { $company }に新しいリンクをお求めください。これまでの内容は保存されています。
link-revoked-title = このリンクは無効になりました
link-revoked-text = { $company }がリンクを差し替えたか、取り消しました。
link-revoked-next = 最後に届いたリンクをお使いになるか、{ $company }に新しいリンクをお求めください。
other-device-title = このリンクは別の端末用です
other-device-text = 安全のため、リンクは最初に使用した端末とブラウザでのみ使えます。
other-device-next = その端末で続けるか、{ $company }に新しいリンクをお求めください。
factor-needed-title = ご本人であることをご確認ください
factor-needed-text = このリンクでは生年月日の入力が必要です。
factor-needed-next = メッセージからもう一度リンクを開き、生年月日を入力してください。
factor-wrong-title = 日付が正しくありません
factor-wrong-text = 登録されている生年月日と一致しません。
factor-wrong-next = メッセージからもう一度リンクを開き、再度お試しください。
factor-locked-title = このリンクはロックされています
factor-locked-text = 誤った生年月日が繰り返し入力されました。
factor-locked-next = { $company }に新しいリンクをお求めください。これまでの内容は保存されています。
settled-title = この本人確認は終了しています
settled-text = ここで行うことはもうありません。
settled-next = 誤りと思われる場合は、{ $company }にお問い合わせください。
not-resumable-title = この本人確認は続けられません
not-resumable-text = 本人確認サービスの側で、再び開くことができません。
not-resumable-next = { $company }にお問い合わせください。新しい本人確認を始められます。
foreign-origin-title = 別の場所からの操作です
foreign-origin-text = 安全のため、当サービスのページから送信されたものだけを受け付けています。
foreign-origin-next = メッセージからもう一度リンクを開いてください。
bad-request-title = 送信された内容を読み取れませんでした
bad-request-text = 内容の一部が欠けているか、壊れています。
bad-request-next = メッセージからもう一度リンクを開いてください。
too-long-title = 送信された内容が長すぎます
too-long-text = どのページでも必要としない量の内容が送信されました。
too-long-next = メッセージからもう一度リンクを開いてください。
too-many-title = 少しお待ちください
too-many-text = お使いの接続からのアクセスが多すぎます。
too-many-next = 1分ほど待ってから、もう一度お試しください。内容は失われていません。
persona-unavailable-title = 本人確認サービスが応答していません
persona-unavailable-text = { $company }が利用している本人確認サービスに接続できませんでした。
persona-unavailable-next = 1分ほどしてから、もう一度お試しください。リンクは引き続き有効で、内容は失われていません。
internal-title = こちら側で問題が発生しました
internal-text = 発生した内容は記録しました。
internal-next = 1分ほどしてから、もう一度お試しください。リンクは引き続き有効で、内容は失われていません。

## 新しいリンク

recover = 新しいリンクを送る
recover-title = 新しいリンクの受け取り
recover-text = リンクが使えなくなった場合や、なくした場合は、新しいリンクをお送りできます。送り先は、本人確認の際に登録されたメールアドレスまたは電話番号に限られます。
recover-label = お客様の番号、または以前のリンク
recover-hint = たとえば、お客様番号、本人確認の番号、または届いたリンクのアドレス全体です。
recover-empty = お客様の番号、または以前のリンクを入力してください。
recover-off = ここでは新しいリンクを申し込めません。{ $company }にお求めください。
recover-sent-title = メッセージをご確認ください
recover-sent-text = 入力された内容が、まだ完了していない{ $company }の本人確認のものであれば、新しいリンクをお送りしています。ご登録の連絡先に、数分以内に届きます。
recover-sent-next = 安全のため、該当する本人確認があるかどうかはここではお知らせできません。何も届かない場合は、迷惑メールフォルダを確認するか、{ $company }にお問い合わせください。
recover-again = 別の内容を入力する

## リンクをお送りするメール

mail-subject = { $company }の本人確認の続きをお願いします
mail-text = { $company }より、本人確認の完了をお願いしています。前回の続きから進められます。次のリンクを開いてください：
mail-hours = { $plural ->
   *[other] リンクは{ $hours }時間（{ $until }まで）、1台の端末でのみ有効です。
}
mail-days = { $plural ->
   *[other] リンクは{ $days }日間（{ $until }まで）、1台の端末でのみ有効です。
}
mail-safety = このリンクはあなた専用です。ほかの人に渡さないでください。このメッセージに心当たりがない場合は、開く前に{ $company }にお問い合わせください。
reminder-subject = { $company }の本人確認がまだ完了していません
reminder-text = 先日、{ $company }の本人確認を開始されました。これまでの内容は保存されています。続けるには、次のリンクを開いてください：
recovery-subject = { $company }からの新しいリンク
recovery-text = { $company }の本人確認の新しいリンクのお申し込みを受け付けました。前回の続きから進められます。次のリンクを開いてください：

## リンクの前に置く短い文

sms-text = { $company }：本人確認の続きはこちら：
sms-reminder = { $company }：本人確認がまだ完了していません。続きはこちら：
sms-recovery = { $company }：お申し込みの新しいリンクはこちら：
