### Türkçe portal.

language-name = Türkçe
persona-language = tr-TR

## Her sayfada

skip = İçeriğe geç
links = Yardım ve gizlilik
languages = Dil
help = Yardım alın
privacy = Gizlilik
try-again = Tekrar deneyin

home-title = Kimlik doğrulama
home-text = { $company } için doğrulamanıza devam etmek üzere size gönderilen kişisel bağlantıyı açın. Bağlantı artık sizde yoksa { $company } ile iletişime geçip yenisini isteyin.

## Bir bağlantının sayfası

welcome-title = Doğrulamanıza devam edin
welcome-text = { $company } kimliğinizi onaylama işlemini tamamlamanızı istiyor. Kaldığınız yerden devam edebilirsiniz.
welcome-elsewhere = Bu bağlantı daha önce başka bir cihazda açıldı. Burada devam etmek için doğum tarihinizi onaylayın.
step-time = { $plural ->
    [one] Yaklaşık bir dakika sürer.
   *[other] Yaklaşık { $minutes } dakika sürer.
}
step-document = Kimlik belgenizi yanınızda bulundurun ve kamera için ışığın iyi olmasına dikkat edin.
step-progress = Şimdiye kadar yaptıklarınız saklanır. İstediğiniz zaman durabilirsiniz.
step-until = Bağlantınızın son geçerlilik zamanı: { $until }.
continue = Doğrulamaya devam et
birthdate = Doğum tarihi
birthdate-why = Yalnızca siz olduğunuzdan emin olmak için. Karşılaştırılır ve saklanmaz.

## Ziyaretin durumu

stage-working = Doğrulamanız açılıyor…
stage-loading = Yükleniyor. Bu biraz sürebilir.
stage-checking = Sonuca bakılıyor…
stage-waiting = Teşekkür ederiz. Sonuç henüz gelmedi. Birazdan tekrar bakabilir veya bu sayfayı kapatabilirsiniz.
stage-offline = Şu anda bize ulaşılamıyor. Bağlantınızı kontrol edip tekrar deneyin. Hiçbir şey kaybolmadı.
stage-cancelled = Doğrulamadan çıktınız. Yaptıklarınız saklandı; istediğiniz zaman devam edin.
stage-session-lost = Doğrulamanın sizinle bağlantısı koptu. Kaldığınız yerden devam etmek için düğmeye basın.
stage-flow-error = Doğrulama bir hata nedeniyle durdu. Lütfen tekrar deneyin veya aşağıdaki diğer yollardan birini kullanın.
stage-camera-denied = Kamera kullanılamadı. Tarayıcınızın ayarlarından izin verip tekrar deneyin veya telefonunuzda devam edin.
stage-frame-stalled = Bu, olması gerekenden uzun sürüyor. Bekleyebilir veya diğer yollardan birini kullanabilirsiniz.
stage-script-blocked = Tarayıcınız doğrulamanın başlamasına izin vermedi. Bu sayfa için içerik engelleyicileri kapatın veya aşağıdaki diğer yollardan birini kullanın.
stage-factor-needed = Devam etmek için lütfen doğum tarihinizi girin.
stage-factor-wrong = Bu tarih bizdekiyle aynı değil. Lütfen kontrol edip tekrar deneyin.
stage-too-many = Bu biraz fazla sık oldu. Lütfen bir dakika bekleyip tekrar deneyin.
stage-persona-unavailable = Doğrulama hizmeti şu anda yanıt vermiyor. Lütfen bir dakika sonra tekrar deneyin. Bağlantınız geçerli kalır ve hiçbir şey kaybolmaz.
stage-internal = Bizim tarafımızda bir şey ters gitti. Lütfen bir dakika sonra tekrar deneyin. Bağlantınız geçerli kalır ve hiçbir şey kaybolmaz.

## Diğer yollar

hosted = Tam sayfada aç
phone = Telefonunuzda devam edin
check-again = Tekrar bak
dialog-title = Kimlik doğrulama
close = Kapat
phone-title = Telefonunuzda devam edin
phone-text = { $plural ->
    [one] Telefonunuzun kamerasını koda tutun ve bağlantıyı açın. Bir dakika boyunca, tek bir telefonda çalışır.
   *[other] Telefonunuzun kamerasını koda tutun ve bağlantıyı açın. { $minutes } dakika boyunca, tek bir telefonda çalışır.
}
phone-code = Doğrulamanızı telefonda açan QR kodu
phone-done = Telefonumda bitirdim
phone-back = Bunun yerine bu cihazda devam edin

## Sonuç

leave = { $company } sayfasına dön
next = Devam
completed-title = İşleminiz tamam
completed-text = Teşekkür ederiz. { $company } doğrulamanızı aldı; burada yapmanız gereken başka bir şey yok.
in-review-title = Doğrulamanız inceleniyor
in-review-text = Teşekkür ederiz. { $company } doğrulamanızı inceliyor ve size dönecek. Burada yapmanız gereken başka bir şey yok.
approved-title = Kimliğiniz doğrulandı
approved-text = Teşekkür ederiz. Kimliğiniz onaylandı ve { $company } bunu biliyor.
declined-title = Doğrulamanız kabul edilmedi
declined-text = { $company } bu doğrulamayı kabul edemedi. Nedenini ve neler yapabileceğinizi öğrenmek için lütfen { $company } ile iletişime geçin.
failed-title = Doğrulamanız başarılı olmadı
failed-text = Kontrol, kimliğinizi onaylayamadı. Lütfen { $company } ile iletişime geçin; sizin için yeni bir doğrulama başlatılabilir.
redacted-title = Bu doğrulama silindi
redacted-text = Verileri istek üzerine kaldırıldığı için devam edilemez. { $company } sizi hâlâ doğrulamak zorundaysa yeni bir bağlantı isteyin.
unfinished-title = Doğrulamanız henüz bitmedi
unfinished-text = Yaptıklarınız saklandı. Kaldığınız yerden devam edebilirsiniz.

## Engeller

unknown-link-title = Böyle bir sayfa yok
unknown-link-text = Adres eksik veya hiçbir zaman bizim bağlantımız olmadı.
unknown-link-next = Mesajınızdaki bağlantıyı yeniden açın. Bu işe yaramazsa { $company } ile iletişime geçip yenisini isteyin.
link-expired-title = Bu bağlantının süresi doldu
link-expired-text = Güvenliğiniz için bir bağlantı yalnızca sınırlı bir süre çalışır.
link-expired-next = { $company } ile iletişime geçip yeni bir bağlantı isteyin. Şimdiye kadar yaptıklarınız saklandı.
link-revoked-title = Bu bağlantı artık geçerli değil
link-revoked-text = { $company } bu bağlantıyı değiştirdi veya geri çekti.
link-revoked-next = Size gönderilen en yeni bağlantıyı kullanın veya { $company } ile iletişime geçip yenisini isteyin.
other-device-title = Bu bağlantı başka bir cihaza ait
other-device-text = Güvenliğiniz için bir bağlantı yalnızca ilk kullanıldığı cihazda ve tarayıcıda çalışır.
other-device-next = Orada devam edin veya { $company } ile iletişime geçip yeni bir bağlantı isteyin.
factor-needed-title = Lütfen siz olduğunuzu onaylayın
factor-needed-text = Bu bağlantı doğum tarihinizi soruyor.
factor-needed-next = Mesajınızdaki bağlantıyı yeniden açın ve tarihi girin.
factor-wrong-title = Bu doğru tarih değildi
factor-wrong-text = Doğum tarihi bizdekiyle aynı değil.
factor-wrong-next = Mesajınızdaki bağlantıyı yeniden açın ve bir kez daha deneyin.
factor-locked-title = Bu bağlantı kilitlendi
factor-locked-text = Çok fazla kez yanlış doğum tarihi girildi.
factor-locked-next = { $company } ile iletişime geçip yeni bir bağlantı isteyin. Şimdiye kadar yaptıklarınız saklandı.
settled-title = Bu doğrulama tamamlandı
settled-text = Burada yapılacak başka bir şey yok.
settled-next = Bunun bir hata olduğunu düşünüyorsanız lütfen { $company } ile iletişime geçin.
not-resumable-title = Bu doğrulamaya devam edilemez
not-resumable-text = Doğrulama hizmeti yeniden açılmasına izin vermiyor.
not-resumable-next = Lütfen { $company } ile iletişime geçin; sizin için yeni bir doğrulama başlatılabilir.
foreign-origin-title = Bu istek başka bir yerden geldi
foreign-origin-text = Güvenliğiniz için yalnızca kendi sayfalarımızdan gönderilenleri kabul ederiz.
foreign-origin-next = Mesajınızdaki bağlantıyı yeniden açın.
bad-request-title = Bu istek okunamadı
bad-request-text = İçinde bir şey eksik veya bozuk.
bad-request-next = Mesajınızdaki bağlantıyı yeniden açın.
too-long-title = Bu çok uzun
too-long-text = Sayfalarımızın istediğinden daha fazlası gönderildi.
too-long-next = Mesajınızdaki bağlantıyı yeniden açın.
too-many-title = Bir dakika lütfen
too-many-text = Bağlantınızdan çok fazla istek geldi.
too-many-next = Bir dakika bekleyip tekrar deneyin. Hiçbir şey kaybolmadı.
persona-unavailable-title = Doğrulama hizmeti yanıt vermiyor
persona-unavailable-text = { $company } tarafından doğrulama için kullanılan hizmete ulaşamadık.
persona-unavailable-next = Lütfen bir dakika sonra tekrar deneyin. Bağlantınız geçerli kalır ve hiçbir şey kaybolmaz.
internal-title = Bizim tarafımızda bir şey ters gitti
internal-text = Ne olduğunu not ettik.
internal-next = Lütfen bir dakika sonra tekrar deneyin. Bağlantınız geçerli kalır ve hiçbir şey kaybolmaz.

## Yeni bir bağlantı

recover = Bana yeni bir bağlantı gönder
recover-title = Yeni bir bağlantı alın
recover-text = Bağlantınız artık çalışmıyorsa veya kaybettiyseniz size başka bir tane gönderebiliriz. Yalnızca doğrulamanız için verdiğiniz e-posta adresine veya telefon numarasına gönderilir.
recover-label = Referansınız veya eski bağlantı
recover-hint = Örneğin müşteri numaranız, doğrulamanızın numarası veya size gönderilen bağlantının tam adresi.
recover-empty = Lütfen referansınızı veya eski bağlantıyı girin.
recover-off = Burada yeni bağlantı istenemez. Lütfen { $company } ile iletişime geçip bir bağlantı isteyin.
recover-sent-title = Mesajlarınıza bakın
recover-sent-text = Girdiğiniz bilgi { $company } için tamamlanmamış bir doğrulamaya aitse yeni bir bağlantı yolda. Bunun için verdiğiniz iletişim bilgisine gönderilir ve birkaç dakika içinde ulaşır.
recover-sent-next = Güvenliğiniz için böyle bir doğrulama olup olmadığını burada söyleyemeyiz. Bir şey gelmezse istenmeyen e-posta klasörünüze bakın veya { $company } ile iletişime geçin.
recover-again = Başka bir şey girin

## Bağlantıyı getiren e-posta

mail-subject = { $company } ile doğrulamanıza devam edin
mail-text = { $company } kimliğinizi onaylama işlemini tamamlamanızı istiyor. Kaldığınız yerden devam edebilirsiniz. Bu bağlantıyı açın:
mail-hours = { $plural ->
    [one] Bağlantı bir saat boyunca (son zaman: { $until }), tek bir cihazda geçerlidir.
   *[other] Bağlantı { $hours } saat boyunca (son zaman: { $until }), tek bir cihazda geçerlidir.
}
mail-days = { $plural ->
    [one] Bağlantı bir gün boyunca (son zaman: { $until }), tek bir cihazda geçerlidir.
   *[other] Bağlantı { $days } gün boyunca (son zaman: { $until }), tek bir cihazda geçerlidir.
}
mail-safety = Bağlantı yalnızca sizin içindir: lütfen kimseyle paylaşmayın. Bu mesajı beklemiyorsanız açmadan önce { $company } ile iletişime geçin.
reminder-subject = { $company } ile doğrulamanız henüz bitmedi
reminder-text = Bir süre önce { $company } için kimliğinizi onaylamaya başladınız. Yaptıklarınız saklandı. Devam etmek için bu bağlantıyı açın:
recovery-subject = { $company } tarafından gönderilen yeni bağlantınız
recovery-text = { $company } ile doğrulamanız için yeni bir bağlantı istediniz. Kaldığınız yerden devam edebilirsiniz. Bu bağlantıyı açın:

## Aynısı kısaca, bağlantıdan önce

sms-text = { $company }: doğrulamanıza devam edin:
sms-reminder = { $company }: doğrulamanız henüz bitmedi. Buradan devam edin:
sms-recovery = { $company }: istediğiniz yeni bağlantı:
