//! The socket: one thread, this machine alone, and limits on all that a client can hold on to.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener as Listener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::super::failure::{Failure, reason};
use super::answer;
use super::state::Board;

/// The port where nobody names one, and how many after it are tried.
const PORT: u16 = 4747;
const TRIED: u16 = 20;

/// How many clients are served at a time; others wait. A browser takes no more than six, however many tabs it has.
const CLIENTS: usize = 400;
/// How long a client may take over the head of a request, and how long it may keep a connection without one.
const IDLE: Duration = Duration::from_secs(10);
/// How long a connection lasts; a client that wants more makes another. It bounds one that never reads its answer.
const LIFE: Duration = Duration::from_secs(120);
/// How long an answer that is under way may take then.
const GRACE: Duration = Duration::from_secs(10);
/// The most that the head of a request may hold.
const HEAD: usize = 16 * 1024;
/// The wait after a connection could not be taken, mostly since too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes the port: the given one, or the first that is free.
pub(super) fn bind(port: Option<u16>) -> Result<TcpListener, Failure> {
    let take = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return take(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => Failure::new(format!("port {port} is in use by another program"))
                .help("name another one, or leave `--port` out to get one that is free"),
            ErrorKind::PermissionDenied => Failure::new(format!("port {port} is not for everybody to use"))
                .help("name one above 1023, or leave `--port` out to get one that is free"),
            _ => no_address(&error),
        });
    }
    let mut last = None;
    for port in PORT..PORT + TRIED {
        match take(port) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    let failure = match last {
        Some(error) if error.kind() != ErrorKind::AddrInUse => no_address(&error),
        _ => Failure::new(format!("the ports from {PORT} to {} are all in use", PORT + TRIED - 1)),
    };
    Err(failure.help("name another one with `--port`; `--port 0` takes any that is free"))
}

/// The failure to get an address on this machine.
pub(super) fn no_address(error: &io::Error) -> Failure {
    Failure::new(format!("there is no address for the preview on this computer: {}", reason(error)))
}

/// Answers requests until Ctrl-C; `ready` is called when everything is in place, before the first of them.
pub(super) fn run(
    listener: TcpListener,
    board: &Arc<Board>,
    ready: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let cannot = |error: io::Error| Failure::new(format!("the preview cannot be started: {}", reason(&error)));
    listener.set_nonblocking(true).map_err(cannot)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
    runtime.block_on(async {
        let listener = Listener::from_std(listener).map_err(cannot)?;
        let end = ending().map_err(cannot)?;
        ready()?;
        tokio::spawn(accept(listener, Arc::clone(board)));
        end.await;
        Ok(())
    })
}

async fn accept(listener: Listener, board: Arc<Board>) {
    let places = Arc::new(Semaphore::new(CLIENTS));
    loop {
        // It is never closed, so there is always a place in the end.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let board = Arc::clone(&board);
                tokio::spawn(async move {
                    serve(stream, board).await;
                    drop(place);
                });
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Serves one client. Whatever goes wrong is between it and the network.
async fn serve(stream: TcpStream, board: Arc<Board>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let board = Arc::clone(&board);
        async move { Ok::<Response<Full<Bytes>>, Infallible>(respond(request, &board)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .max_header_size(HEAD)
        .max_buf_size(2 * HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    if timeout(LIFE, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(GRACE, connection).await;
    }
}

fn respond(request: Request<Incoming>, board: &Board) -> Response<Full<Bytes>> {
    let (request, _) = request.into_parts();
    answer::to(&request, &board.state()).map(Full::new)
}

/// Ends with Ctrl-C, or when the system asks the program to end. From now on neither ends it by itself.
#[cfg(unix)]
fn ending() -> io::Result<impl Future<Output = ()>> {
    use std::task::Poll;
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(std::future::poll_fn(move |context| {
        let has_come = interrupt.poll_recv(context).is_ready() || terminate.poll_recv(context).is_ready();
        if has_come { Poll::Ready(()) } else { Poll::Pending }
    }))
}

/// Ends with Ctrl-C. From now on it does not end the program by itself.
#[cfg(not(unix))]
fn ending() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
