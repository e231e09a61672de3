import Exercises

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that runs the learner's code: it is handed arguments and hands back results.
///
/// It knows no exercise, no input and no right answer, and nothing that it writes is a verdict.
public enum Host {
  /// The descriptor that last words go to.
  public static let lastWords: Int32 = 3
  /// The descriptor that requests come from.
  public static let requests: Int32 = 4
  /// The descriptor that replies go to.
  public static let replies: Int32 = 5

  /// The status of a process whose descriptors were closed in it.
  public static let isCutOff: Int32 = 71

  /// Answers requests until there are no more, and ends the process.
  ///
  /// Arguments on the command line: the limit of processor time in seconds, the limit of memory in
  /// bytes, the chapter's number.
  ///
  /// - Parameters:
  ///   - functions: A chapter's functions, of which none is set.
  ///   - set: Sets each of them to the learner's.
  public static func run<Functions>(
    _ functions: Functions, _ set: (inout Functions) -> Void
  ) -> Never {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let seconds = UInt64(arguments[1]), let bytes = UInt64(arguments[2])
    else {
      print("This program is run by the checker. To check your answers: swift run course check")
      exit(64)
    }
    LastWords.write(to: lastWords)
    limit(seconds: seconds, bytes: bytes)
    confineThisProcess()
    var functions = functions
    set(&functions)
    let all = remoteFunctions(of: functions)
    while let request = Frame.read(from: requests) {
      let reply = answer(to: request, with: all)
      // What was printed meanwhile is there before the answer.
      fflush(nil)
      if !Frame.write(reply, to: replies) { break }
    }
    fflush(nil)
    let isWhole = fcntl(requests, F_GETFD) >= 0 && fcntl(replies, F_GETFD) >= 0
    _exit(isWhole ? 0 : isCutOff)
  }

  /// A chapter's functions by name.
  static func remoteFunctions(of functions: Any) -> [String: any RemoteFunction] {
    let all = Mirror(reflecting: functions).children.compactMap { $0.value as? any RemoteFunction }
    return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
  }

  static func answer(
    to request: [UInt8], with functions: [String: any RemoteFunction]
  ) -> [UInt8] {
    var request = WireReader(request)
    var reply = WireWriter()
    do {
      // Whoever asked knows by its number that this is the answer.
      reply.write(try request.read(Int.self))
      let head = reply
      let name = try request.read(String.self)
      guard let function = functions[name], function.isHere else {
        reply.write(Line.Reply.refused)
        reply.write("the learner's program does not hand over the function \(name)")
        return reply.bytes
      }
      do {
        reply.write(Line.Reply.answer)
        try function.answer(&request, into: &reply)
      } catch let notStarted as NotStarted {
        reply = head
        reply.write(Line.Reply.notStarted)
        reply.write((notStarted.function, notStarted.file))
      } catch let error where !(error is Unreadable) {
        reply = head
        reply.write(Line.Reply.threw)
        reply.write("\(error)")
      }
    } catch {
      reply = WireWriter()
      reply.write((-1, Line.Reply.refused, "\(error)"))
    }
    return reply.bytes
  }

  /// Bounds processor time, memory and the size of written files for the rest of the process.
  private static func limit(seconds: UInt64, bytes: UInt64) {
    // Writing a file fails with an error instead of ending the process.
    signal(SIGXFSZ, SIG_IGN)
    ProcessLimit.processorTime.set(soft: seconds, hard: seconds + 1)
    ProcessLimit.memory.set(soft: bytes, hard: bytes)
    ProcessLimit.fileSize.set(soft: 0, hard: 0)
  }
}

/// What the system can bound for a process.
public enum ProcessLimit {
  case processorTime, memory, fileSize

  /// Sets the limit for the rest of this process.
  ///
  /// - Parameters:
  ///   - soft: Where the process is told, in seconds or bytes.
  ///   - hard: Where it ends.
  public func set(soft: UInt64, hard: UInt64) {
    var limit = rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard))
    #if canImport(Glibc)
      let resources = [RLIMIT_CPU, RLIMIT_AS, RLIMIT_FSIZE].map { __rlimit_resource_t($0.rawValue) }
    #else
      let resources = [RLIMIT_CPU, RLIMIT_AS, RLIMIT_FSIZE]
    #endif
    switch self {
    case .processorTime: setrlimit(resources[0], &limit)
    case .memory: setrlimit(resources[1], &limit)
    case .fileSize: setrlimit(resources[2], &limit)
    }
  }
}
