import ExerciseFunctions

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process with the learner's functions, as the judge's process looks after it: it is started when
/// a function is called for the first time, bounded, and ended.
///
/// Whatever comes from it was written by learner's code. The first thing that is no answer ends it.
final class HostProcess: LearnersProcess, @unchecked Sendable {
  // A judge checks one part at a time, in one thread: nothing here is used by two.

  /// Why no more answers come.
  struct Loss {
    var reason: String
    /// The learner's file from the top of the course, and the line, where it crashed.
    var place: (file: String, line: Int)?
    /// What the function was called with.
    var input: String?
  }

  /// Why no more answers come; nil as long as they do.
  private(set) var loss: Loss?
  /// What the learner's code printed in processes that have ended.
  private(set) var printed = ""
  private let path: String
  private let chapter: Int
  private let limits: Limits
  private var connection: Connection?
  private var input: String?

  /// Looks after a chapter's program with the learner's functions.
  init(path: String, chapter: Int, limits: Limits) {
    (self.path, self.chapter, self.limits) = (path, chapter, limits)
  }

  func note(_ input: String) { self.input = input }

  func call(_ function: String, _ arguments: WireWriter) throws(LostAnswer) -> WireReader {
    if loss != nil { throw LostAnswer() }
    let connection = try connected()
    connection.number += 1
    var request = WireWriter()
    request.write((connection.number, function))
    arguments.bytes.withUnsafeBytes { request.append($0) }
    if request.bytes.count > Line.longest {
      fatalError("the arguments of \(function) take \(request.bytes.count) bytes: that is too much")
    }
    do throws(Connection.Fault) {
      var reply = WireReader(try connection.exchange(request.bytes, limits.seconds))
      if (try? reply.read(Int.self)) == connection.number { return reply }
    } catch {
      switch error {
      case .timeIsOver: throw end(isTimedOut: true)
      case .isClosed: throw end(isTimedOut: false)
      case .isNone(let reason): throw distrust(reason)
      }
    }
    throw distrust("an answer came to a question that was not asked")
  }

  func distrust(_ reason: String) -> LostAnswer {
    if loss == nil {
      loss = Loss(
        reason: "Your code wrote to the descriptors of the checker: \(reason).", place: nil,
        input: input)
    }
    finish()
    return LostAnswer()
  }

  func startAnew() throws(LostAnswer) {
    if loss != nil { throw LostAnswer() }
    finish()
  }

  /// Ends the process and takes what it printed.
  func finish() {
    guard let connection else { return }
    self.connection = nil
    _ = connection.process.end()
    connection.close()
    printed += connection.process.collector.text(0)
  }

  /// Notes why the process gave no answer.
  private func end(isTimedOut: Bool) -> LostAnswer {
    guard let connection else { return LostAnswer() }
    self.connection = nil
    if isTimedOut { connection.process.quit() }
    let ending = connection.process.end()
    connection.close()
    let streams = connection.process.collector
    printed += streams.text(0)
    let crash = Crash(
      ending, isTimedOut: isTimedOut, errors: streams.text(1),
      lastWords: LastWords(lastIn: streams.text(2)), limits: limits)
    loss = Loss(reason: crash.reason, place: crash.place, input: input)
    return LostAnswer()
  }

  private func connected() throws(LostAnswer) -> Connection {
    if let connection { return connection }
    do throws(RunningProcess.NotFound) {
      let new = try Connection(path, chapter, limits)
      connection = new
      return new
    } catch {
      loss = Loss(reason: "\(path) could not be started (the system's error \(error.error)).")
      throw LostAnswer()
    }
  }
}

/// A running process with learner's functions, and the pipes to it.
private final class Connection {
  /// Why a question has no answer.
  enum Fault: Error {
    case timeIsOver
    /// The process has ended, or closed the way back.
    case isClosed
    /// Something came that is none.
    case isNone(String)
  }

  let process: RunningProcess
  /// How many questions were asked.
  var number = 0
  private let requests: Int32
  private let replies: Int32
  private var patience: Patience
  private var waited = 0.0
  private var received: [UInt8] = []

  init(_ path: String, _ chapter: Int, _ limits: Limits) throws(RunningProcess.NotFound) {
    let (requests, replies) = (Pipe(), Pipe())
    let streams = [1, 2, Host.lastWords].map { (number: $0, pipe: Pipe()) }
    var descriptors = [Host.requests: requests.reading, Host.replies: replies.writing]
    for stream in streams { descriptors[stream.number] = stream.pipe.writing }
    defer { for descriptor in descriptors.values { closeDescriptor(descriptor) } }
    do {
      process = try RunningProcess(
        path, ["\(limits.processorSeconds)", "\(limits.bytes)", "\(chapter)"],
        environment: Crash.environment,
        descriptors: descriptors, collecting: streams.map(\.pipe.reading), keeping: 1 << 18)
    } catch {
      for end in [requests.writing, replies.reading] + streams.map(\.pipe.reading) {
        closeDescriptor(end)
      }
      throw error
    }
    (self.requests, self.replies) = (requests.writing, replies.reading)
    patience = Patience(of: process.pid, seconds: limits.seconds)
    _ = fcntl(self.requests, F_SETFL, O_NONBLOCK)
  }

  /// Closes this process's ends of the pipes.
  func close() {
    for end in [requests, replies] + process.collector.descriptors { closeDescriptor(end) }
  }

  /// Sends a question and waits for the answer, while it keeps what else the process writes.
  func exchange(_ question: [UInt8], _ seconds: Double) throws(Fault) -> [UInt8] {
    var rest = Frame.bytes(of: question)[...]
    let start = now()
    defer { waited += now() - start }
    while true {
      if let answer = try answer() { return answer }
      if try !wait(toSend: !rest.isEmpty) {
        if patience.isOver(after: waited + now() - start) { throw .timeIsOver }
        if hasPrintedItsEnd { throw .isClosed }
        continue
      }
      if rest.isEmpty { continue }
      let count = rest.withUnsafeBytes { write(requests, $0.baseAddress, $0.count) }
      // Whoever closed the requests is waited for: it may be about to say why.
      if count > 0 { rest = rest.dropFirst(count) } else if errno == EPIPE { rest = [] }
    }
  }

  /// Whether its processor time is over and it has printed where it stood: nothing more is to come.
  private var hasPrintedItsEnd: Bool {
    !process.collector.kept[2].isEmpty && process.collector.text(1).contains("Backtrace took")
  }

  /// The answer, where it has come whole.
  private func answer() throws(Fault) -> [UInt8]? {
    if received.count < 8 { return nil }
    let length = received.withUnsafeBytes { $0.loadUnaligned(as: Int.self) }
    if length < 0 || length > Line.longest {
      throw .isNone("an answer of \(length) bytes is announced")
    }
    if received.count < 8 + length { return nil }
    defer { received = [] }
    if received.count > 8 + length { throw .isNone("more came than an answer") }
    return Array(received[8...])
  }

  /// Takes what comes within a twentieth of a second; false where nothing does.
  private func wait(toSend isSending: Bool) throws(Fault) -> Bool {
    let streams = process.collector.descriptors.indices.filter { process.collector.isOpen[$0] }
    var polls = [pollfd(fd: replies, events: Int16(POLLIN), revents: 0)]
    polls.append(
      pollfd(fd: isSending ? requests : -1, events: Int16(POLLOUT), revents: 0))
    for index in streams {
      polls.append(
        pollfd(fd: process.collector.descriptors[index], events: Int16(POLLIN), revents: 0))
    }
    if poll(&polls, nfds_t(polls.count), 50) <= 0 { return false }
    for (index, poll) in zip(streams, polls[2...]) where poll.revents != 0 {
      process.collector.take(index)
    }
    if polls[0].revents != 0 {
      let bytes = ExerciseRunner.received(from: replies)
      if bytes.isEmpty {
        try awaitEnd()
        throw .isClosed
      }
      received += bytes
    }
    // What the process prints without end is no work on an answer.
    return polls[0].revents != 0 || polls[1].revents != 0
  }

  /// Waits until a process that closed the way back has ended.
  private func awaitEnd() throws(Fault) {
    let start = now()
    while !process.hasEnded {
      if process.collector.isAtEnd { usleep(1000) }
      process.collector.read(milliseconds: 50)
      if patience.isOver(after: waited + now() - start) { throw .timeIsOver }
    }
  }
}
