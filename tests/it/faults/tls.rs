//! A port that speaks TLS with a certificate which nobody vouches for.

use std::sync::{Arc, LazyLock};

use rcgen::CertifiedKey;
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use url::Url;

/// Such a port; it listens as long as the tests run.
#[derive(Clone, Copy)]
pub(super) struct TlsPort(u16);

static PORT: LazyLock<TlsPort> = LazyLock::new(|| {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Each test has a runtime of its own; this port outlives them.
    std::thread::spawn(move || serve(listener));
    TlsPort(port)
});

impl TlsPort {
    pub(super) fn of_nobody() -> Self {
        *PORT
    }

    /// Where the API would be.
    pub(super) fn url(self) -> Url {
        format!("https://localhost:{}/api/v1", self.0)
            .parse()
            .unwrap()
    }
}

fn settings() -> ServerConfig {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
    listener.set_nonblocking(true).unwrap();
    let listener = TcpListener::from_std(listener).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(settings()));
    while let Ok((stream, _)) = listener.accept().await {
        let greeting = acceptor.accept(stream);
        tokio::spawn(async move {
            let greeted = greeting.await;
            assert!(greeted.is_err(), "somebody trusts a certificate of nobody");
        });
    }
}
