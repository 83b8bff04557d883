//! A mail server on loopback with a memory.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinHandle,
};

/// Takes mail, or refuses every recipient; it stops when it is dropped.
pub(crate) struct MailServer {
    /// What the settings call it.
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Mail>>>,
    serving: JoinHandle<()>,
}

/// A mail that was taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mail {
    pub(crate) to: String,
    /// Headers and text, as they came.
    pub(crate) data: String,
}

impl MailServer {
    /// A server that takes everything.
    pub(crate) async fn start() -> Self {
        Self::serve(false).await
    }

    /// A server that knows nobody.
    pub(crate) async fn that_refuses() -> Self {
        Self::serve(true).await
    }

    /// A server that asks for a password and takes none.
    pub(crate) async fn that_lets_nobody_in() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://user:pass-word@{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                Talk::new(stream, true).refuse_to_sign_in().await;
            }
        });
        let seen = Arc::default();
        Self { url, seen, serving }
    }

    async fn serve(refuses: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<Mail>>>::default();
        let memory = Arc::clone(&seen);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut talk = Talk::new(stream, refuses);
                if let Some(mail) = talk.run().await {
                    memory.lock().unwrap().push(mail);
                }
            }
        });
        Self { url, seen, serving }
    }

    /// What was taken so far.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// One connection.
struct Talk {
    lines: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
    refuses: bool,
}

impl Talk {
    fn new(stream: TcpStream, refuses: bool) -> Self {
        let (reader, writer) = stream.into_split();
        let lines = BufReader::new(reader).lines();
        Self {
            lines,
            writer,
            refuses,
        }
    }

    async fn say(&mut self, line: &str) {
        let line = format!("{line}\r\n");
        self.writer.write_all(line.as_bytes()).await.ok();
    }

    async fn run(&mut self) -> Option<Mail> {
        let mut mail = Mail::default();
        let mut taken = None;
        self.say("220 test ESMTP").await;
        while let Ok(Some(line)) = self.lines.next_line().await {
            match line.get(..4).unwrap_or(&line) {
                "RCPT" if self.refuses => {
                    self.say(&format!("550 {line} is not known here")).await;
                }
                "RCPT" => {
                    mail.to = line;
                    self.say("250 ok").await;
                }
                "DATA" => {
                    self.say("354 go on").await;
                    mail.data = self.data().await;
                    taken = Some(mail.clone());
                    self.say("250 taken").await;
                }
                "QUIT" => {
                    self.say("221 bye").await;
                    break;
                }
                _ => self.say("250 ok").await,
            }
        }
        taken
    }

    async fn refuse_to_sign_in(&mut self) {
        self.say("220 test ESMTP").await;
        while let Ok(Some(line)) = self.lines.next_line().await {
            match line.get(..4).unwrap_or(&line) {
                "EHLO" => self.say("250-test\r\n250 AUTH PLAIN LOGIN").await,
                "AUTH" => self.say("535 no such user as pass-word").await,
                _ => self.say("250 ok").await,
            }
        }
    }

    async fn data(&mut self) -> String {
        let mut data = String::new();
        while let Ok(Some(line)) = self.lines.next_line().await {
            if line == "." {
                break;
            }
            data.push_str(&line);
            data.push('\n');
        }
        data
    }
}
