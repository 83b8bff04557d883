//! A mail server on loopback with a memory.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

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
    mind: Arc<Mutex<Mind>>,
    serving: JoinHandle<()>,
}

/// A mail that was taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mail {
    pub(crate) to: String,
    /// Headers and text, as they came.
    pub(crate) data: String,
}

impl Mail {
    /// A header's value; empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mark = format!("{name}: ");
        let mut lines = self.data.lines();
        lines
            .find_map(|line| line.strip_prefix(&mark))
            .unwrap_or_default()
    }

    /// What stands after `/r/` in its text: the token of the link.
    pub(crate) fn token(&self) -> String {
        let text = self.data.replace("=\n", "");
        let (_, rest) = text.split_once("/r/").expect(&text);
        rest.chars().take(43).collect()
    }
}

/// What happens to one mail.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    /// Its recipient is refused with this code.
    Refuse(u16),
    /// It is taken, and the connection breaks before that is said.
    TakeInSilence,
}

#[derive(Default)]
struct Mind {
    seen: Vec<Mail>,
    refuses: bool,
    troubles: VecDeque<Trouble>,
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
        let mind = Arc::<Mutex<Mind>>::default();
        let known = Arc::clone(&mind);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut talk = Talk::new(stream, Arc::clone(&known));
                talk.refuse_to_sign_in().await;
            }
        });
        Self { url, mind, serving }
    }

    async fn serve(refuses: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let mind = Arc::new(Mutex::new(Mind {
            refuses,
            ..Mind::default()
        }));
        let serving = tokio::spawn(listen(listener, Arc::clone(&mind)));
        Self { url, mind, serving }
    }

    /// What was taken so far.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mind.lock().unwrap().seen.clone()
    }

    /// What happens to the next mails, one each.
    pub(crate) fn trouble(&self, troubles: &[Trouble]) {
        self.mind.lock().unwrap().troubles.extend(troubles);
    }
}

/// Everybody is listened to at the same time, and nobody any more when it ends.
async fn listen(listener: TcpListener, mind: Arc<Mutex<Mind>>) {
    let mut talks = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let mut talk = Talk::new(stream, Arc::clone(&mind));
        talks.spawn(async move { talk.run().await });
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
    mind: Arc<Mutex<Mind>>,
}

impl Talk {
    fn new(stream: TcpStream, mind: Arc<Mutex<Mind>>) -> Self {
        let (reader, writer) = stream.into_split();
        let lines = BufReader::new(reader).lines();
        Self {
            lines,
            writer,
            mind,
        }
    }

    async fn say(&mut self, line: &str) {
        let line = format!("{line}\r\n");
        self.writer.write_all(line.as_bytes()).await.ok();
    }

    /// What happens to the mail that begins.
    fn next_trouble(&self) -> Option<Trouble> {
        let mut mind = self.mind.lock().unwrap();
        if mind.refuses {
            return Some(Trouble::Refuse(550));
        }
        mind.troubles.pop_front()
    }

    async fn run(&mut self) {
        let mut mail = Mail::default();
        let mut trouble = None;
        self.say("220 test ESMTP").await;
        while let Ok(Some(line)) = self.lines.next_line().await {
            match line.get(..4).unwrap_or(&line) {
                "RCPT" => {
                    trouble = self.next_trouble();
                    if let Some(Trouble::Refuse(code)) = trouble {
                        self.say(&format!("{code} {line} is not taken here")).await;
                    } else {
                        mail.to = line;
                        self.say("250 ok").await;
                    }
                }
                "DATA" => {
                    self.say("354 go on").await;
                    // Whoever breaks off in the middle has sent nothing.
                    let Some(data) = self.data().await else {
                        return;
                    };
                    mail.data = data;
                    self.mind.lock().unwrap().seen.push(mail.clone());
                    if trouble.is_some() {
                        return;
                    }
                    self.say("250 taken").await;
                }
                "QUIT" => {
                    self.say("221 bye").await;
                    return;
                }
                _ => self.say("250 ok").await,
            }
        }
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

    async fn data(&mut self) -> Option<String> {
        let mut data = String::new();
        while let Ok(Some(line)) = self.lines.next_line().await {
            if line == "." {
                return Some(data);
            }
            data.push_str(&line);
            data.push('\n');
        }
        None
    }
}
