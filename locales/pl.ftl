### Portal po polsku.

language-name = Polski
persona-language = pl

## Na każdej stronie

skip = Przejdź do treści
links = Pomoc i prywatność
languages = Język
help = Uzyskaj pomoc
privacy = Prywatność
try-again = Spróbuj ponownie

home-title = Weryfikacja tożsamości
home-text = Aby kontynuować weryfikację dla { $company }, otwórz swój osobisty link z otrzymanej wiadomości. Jeśli już go nie masz, poproś { $company } o nowy.

## Strona linku

welcome-title = Kontynuuj weryfikację
welcome-text = { $company } prosi o dokończenie potwierdzania Twojej tożsamości. Możesz zacząć od miejsca, w którym weryfikacja się zatrzymała.
welcome-elsewhere = Ten link został już otwarty na innym urządzeniu. Aby kontynuować tutaj, potwierdź swoją datę urodzenia.
step-time = { $plural ->
    [one] Zajmie to około jednej minuty.
    [few] Zajmie to około { $minutes } minut.
    [many] Zajmie to około { $minutes } minut.
   *[other] Zajmie to około { $minutes } minuty.
}
step-document = Przygotuj dokument tożsamości i zadbaj o dobre światło dla aparatu.
step-progress = To, co już zrobione, zostaje zapisane. Możesz przerwać w każdej chwili.
step-until = Twój link działa do { $until }.
continue = Kontynuuj weryfikację
birthdate = Data urodzenia
birthdate-why = Tylko po to, aby upewnić się, że to Ty. Data jest porównywana i nie jest przechowywana.

## Na jakim etapie jest wizyta

stage-working = Otwieranie weryfikacji…
stage-loading = Wczytywanie. To może chwilę potrwać.
stage-checking = Sprawdzanie wyniku…
stage-waiting = Dziękujemy. Wyniku jeszcze nie ma. Możesz za chwilę sprawdzić ponownie albo zamknąć tę stronę.
stage-offline = Nie można się teraz z nami połączyć. Sprawdź połączenie i spróbuj ponownie. Nic nie przepadło.
stage-cancelled = Weryfikacja została przerwana. To, co już zrobione, jest zapisane; kontynuuj, kiedy zechcesz.
stage-session-lost = Weryfikacja straciła połączenie z Tobą. Naciśnij przycisk, aby wrócić do miejsca, w którym się zatrzymała.
stage-flow-error = Weryfikacja zatrzymała się z powodu błędu. Spróbuj ponownie lub skorzystaj z jednego z innych sposobów poniżej.
stage-camera-denied = Nie udało się użyć aparatu. Zezwól na niego w ustawieniach przeglądarki i spróbuj ponownie albo kontynuuj na telefonie.
stage-frame-stalled = Trwa to dłużej niż powinno. Możesz poczekać albo skorzystać z jednego z innych sposobów.
stage-script-blocked = Przeglądarka nie pozwoliła uruchomić weryfikacji. Wyłącz blokowanie treści na tej stronie albo skorzystaj z jednego z innych sposobów poniżej.
stage-factor-needed = Wpisz swoją datę urodzenia, aby kontynuować.
stage-factor-wrong = Ta data różni się od tej, którą znamy. Sprawdź ją i spróbuj ponownie.
stage-too-many = To było trochę zbyt często. Poczekaj minutę i spróbuj ponownie.
stage-persona-unavailable = Usługa weryfikacji teraz nie odpowiada. Spróbuj ponownie za minutę. Twój link pozostaje ważny i nic nie przepadło.
stage-internal = Coś zawiodło po naszej stronie. Spróbuj ponownie za minutę. Twój link pozostaje ważny i nic nie przepadło.

## Inne sposoby

hosted = Otwórz na całej stronie
phone = Kontynuuj na telefonie
check-again = Sprawdź ponownie
dialog-title = Weryfikacja tożsamości
close = Zamknij
phone-title = Kontynuuj na swoim telefonie
phone-text = { $plural ->
    [one] Skieruj aparat telefonu na kod i otwórz link. Działa przez jedną minutę, na jednym telefonie.
    [few] Skieruj aparat telefonu na kod i otwórz link. Działa przez { $minutes } minuty, na jednym telefonie.
    [many] Skieruj aparat telefonu na kod i otwórz link. Działa przez { $minutes } minut, na jednym telefonie.
   *[other] Skieruj aparat telefonu na kod i otwórz link. Działa przez { $minutes } minuty, na jednym telefonie.
}
phone-code = Kod QR, który otwiera weryfikację na telefonie
phone-done = Weryfikacja na telefonie jest gotowa
phone-back = Kontynuuj jednak na tym urządzeniu

## Wynik

leave = Wróć do { $company }
next = Dalej
completed-title = Gotowe
completed-text = Dziękujemy. { $company } ma już Twoją weryfikację i nie musisz tu robić nic więcej.
in-review-title = Twoja weryfikacja jest sprawdzana
in-review-text = Dziękujemy. { $company } przegląda ją i skontaktuje się z Tobą. Nie musisz tu robić nic więcej.
approved-title = Twoja tożsamość jest zweryfikowana
approved-text = Dziękujemy. Twoja tożsamość jest potwierdzona i { $company } już o tym wie.
declined-title = Twoja weryfikacja nie została przyjęta
declined-text = { $company } nie może przyjąć tej weryfikacji. Aby dowiedzieć się dlaczego i co możesz zrobić, skontaktuj się z { $company }.
failed-title = Twoja weryfikacja się nie powiodła
failed-text = Nie udało się potwierdzić Twojej tożsamości. Skontaktuj się z { $company }; możliwe jest rozpoczęcie dla Ciebie nowej weryfikacji.
redacted-title = Ta weryfikacja została usunięta
redacted-text = Jej dane usunięto na życzenie, więc nie można jej kontynuować. Jeśli { $company } nadal potrzebuje Twojej weryfikacji, poproś o nowy link.
unfinished-title = Twoja weryfikacja jeszcze się nie skończyła
unfinished-text = To, co już zrobione, jest zapisane. Możesz zacząć od miejsca, w którym weryfikacja się zatrzymała.

## Co stoi na przeszkodzie

unknown-link-title = Ta strona nie istnieje
unknown-link-text = Adres jest niepełny albo nigdy nie był naszym linkiem.
unknown-link-next = Otwórz jeszcze raz link z wiadomości. Jeśli to nie pomoże, poproś { $company } o nowy.
link-expired-title = Ten link wygasł
link-expired-text = Dla Twojego bezpieczeństwa link działa tylko przez ograniczony czas.
link-expired-next = Poproś { $company } o nowy link. To, co już zrobione, jest zapisane.
link-revoked-title = Ten link nie jest już ważny
link-revoked-text = Został zastąpiony innym albo wycofany przez { $company }.
link-revoked-next = Użyj najnowszego otrzymanego linku albo poproś { $company } o nowy.
other-device-title = Ten link należy do innego urządzenia
other-device-text = Dla Twojego bezpieczeństwa link działa tylko na urządzeniu i w przeglądarce, w których został użyty po raz pierwszy.
other-device-next = Kontynuuj tam albo poproś { $company } o nowy link.
factor-needed-title = Potwierdź, że to Ty
factor-needed-text = Ten link prosi o Twoją datę urodzenia.
factor-needed-next = Otwórz jeszcze raz link z wiadomości i wpisz ją.
factor-wrong-title = To nie była właściwa data
factor-wrong-text = Ta data urodzenia różni się od tej, którą znamy.
factor-wrong-next = Otwórz jeszcze raz link z wiadomości i spróbuj ponownie.
factor-locked-title = Ten link jest zablokowany
factor-locked-text = Zbyt wiele razy wpisano błędną datę urodzenia.
factor-locked-next = Poproś { $company } o nowy link. To, co już zrobione, jest zapisane.
settled-title = Ta weryfikacja jest zakończona
settled-text = Nie ma tu nic więcej do zrobienia.
settled-next = Jeśli uważasz, że to pomyłka, skontaktuj się z { $company }.
not-resumable-title = Tej weryfikacji nie można kontynuować
not-resumable-text = Usługa weryfikacji nie pozwala otworzyć jej ponownie.
not-resumable-next = Skontaktuj się z { $company }; możliwe jest rozpoczęcie dla Ciebie nowej weryfikacji.
foreign-origin-title = To żądanie przyszło z innego miejsca
foreign-origin-text = Dla Twojego bezpieczeństwa przyjmujemy tylko to, co jest wysyłane z naszych własnych stron.
foreign-origin-next = Otwórz jeszcze raz link z wiadomości.
bad-request-title = Nie udało się odczytać tego żądania
bad-request-text = Czegoś w nim brakuje albo jest uszkodzone.
bad-request-next = Otwórz jeszcze raz link z wiadomości.
too-long-title = To jest zbyt długie
too-long-text = Wysłano więcej, niż wymaga którakolwiek z naszych stron.
too-long-next = Otwórz jeszcze raz link z wiadomości.
too-many-title = Chwileczkę
too-many-text = Z Twojego łącza przyszło zbyt wiele żądań.
too-many-next = Poczekaj minutę i spróbuj ponownie. Nic nie przepadło.
persona-unavailable-title = Usługa weryfikacji nie odpowiada
persona-unavailable-text = Nie udało się połączyć z usługą, której { $company } używa do weryfikacji.
persona-unavailable-next = Spróbuj ponownie za minutę. Twój link pozostaje ważny i nic nie przepadło.
internal-title = Coś zawiodło po naszej stronie
internal-text = Odnotowaliśmy, co się stało.
internal-next = Spróbuj ponownie za minutę. Twój link pozostaje ważny i nic nie przepadło.

## Nowy link

recover = Wyślij mi nowy link
recover-title = Otrzymaj nowy link
recover-text = Jeśli Twój link już nie działa albo zaginął, możemy wysłać Ci inny. Trafi tylko na adres e-mail lub numer telefonu podany przez Ciebie do weryfikacji.
recover-label = Twój numer referencyjny lub stary link
recover-hint = Na przykład numer klienta, numer weryfikacji albo cały adres otrzymanego linku.
recover-empty = Wpisz swój numer referencyjny lub stary link.
recover-off = Tutaj nie można zamówić nowego linku. Poproś o niego { $company }.
recover-sent-title = Sprawdź swoje wiadomości
recover-sent-text = Jeśli wpisane dane należą do nieukończonej weryfikacji dla { $company }, nowy link jest już w drodze. Zostanie wysłany na podany przez Ciebie kontakt i dotrze w ciągu kilku minut.
recover-sent-next = Dla Twojego bezpieczeństwa nie możemy tu powiedzieć, czy taka weryfikacja istnieje. Jeśli nic nie przyjdzie, sprawdź folder ze spamem albo zapytaj { $company }.
recover-again = Wpisz coś innego

## E-mail, który przynosi link

mail-subject = Kontynuuj weryfikację z { $company }
mail-text = { $company } prosi o dokończenie potwierdzania Twojej tożsamości. Możesz zacząć od miejsca, w którym weryfikacja się zatrzymała. Otwórz ten link:
mail-hours = { $plural ->
    [one] Link jest ważny przez jedną godzinę (do { $until }), na jednym urządzeniu.
    [few] Link jest ważny przez { $hours } godziny (do { $until }), na jednym urządzeniu.
    [many] Link jest ważny przez { $hours } godzin (do { $until }), na jednym urządzeniu.
   *[other] Link jest ważny przez { $hours } godziny (do { $until }), na jednym urządzeniu.
}
mail-days = { $plural ->
    [one] Link jest ważny przez jeden dzień (do { $until }), na jednym urządzeniu.
    [few] Link jest ważny przez { $days } dni (do { $until }), na jednym urządzeniu.
    [many] Link jest ważny przez { $days } dni (do { $until }), na jednym urządzeniu.
   *[other] Link jest ważny przez { $days } dnia (do { $until }), na jednym urządzeniu.
}
mail-safety = Ten link jest tylko dla Ciebie: nie przekazuj go nikomu. Jeśli ta wiadomość jest dla Ciebie niespodzianką, zapytaj { $company }, zanim go otworzysz.
reminder-subject = Twoja weryfikacja z { $company } jeszcze się nie skończyła
reminder-text = Jakiś czas temu zaczęło się potwierdzanie Twojej tożsamości dla { $company }. To, co już zrobione, jest zapisane. Otwórz ten link, aby kontynuować:
recovery-subject = Twój nowy link od { $company }
recovery-text = Oto nowy link do Twojej weryfikacji z { $company }, zgodnie z prośbą. Możesz zacząć od miejsca, w którym weryfikacja się zatrzymała. Otwórz ten link:

## To samo w skrócie, przed linkiem

sms-text = { $company }: kontynuuj weryfikację:
sms-reminder = { $company }: Twoja weryfikacja jeszcze się nie skończyła. Kontynuuj tutaj:
sms-recovery = { $company }: oto nowy link, zgodnie z prośbą:
