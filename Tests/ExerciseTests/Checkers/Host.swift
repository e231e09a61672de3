#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The side of a check that runs the learner's code, in a process of its own.
///
/// The process checks one part of one exercise and tells the verdict on a channel apart from standard
/// output, each line signed with a number that the parent drew for this run. What the learner's code
/// prints, or an exit of its own, is never taken for a verdict.
public enum Host {
  /// The file descriptor that verdicts go to.
  public static let channel: Int32 = 3

  private nonisolated(unsafe) static var signature: String?

  private nonisolated(unsafe) static var noted = ""

  /// Notes the input that the learner's code is called with, for the message about a crash.
  ///
  /// Thousands of draws from one input are noted once: the channel is kept up to a limit, and the verdict
  /// comes last.
  static func note(_ input: String) {
    guard let signature, input != noted else { return }
    noted = input
    send(signature, "on", input)
  }

  /// Checks the part that the command line asks for and ends the process.
  ///
  /// Arguments: the exercise's id, the part's index, the limit of processor time in seconds, the
  /// limit of memory in bytes. The signature comes on standard input.
  public static func run<Functions>(_ exercises: [Exercise<Functions>], on functions: Functions)
    -> Never
  {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let index = Int(arguments[2]), let seconds = UInt64(arguments[3]),
      let bytes = UInt64(arguments[4]),
      let exercise = exercises.first(where: { $0.outline.id == arguments[1] }),
      exercise.parts.indices.contains(index)
    else {
      print("This program is run by the checker. To check your answers: swift run course check")
      exit(64)
    }
    let key = readLine() ?? ""
    close(0)
    _ = open("/dev/null", O_RDONLY)
    LastWords.write(to: channel) { "\(key) \($0.rawValue) \n" }
    limit(seconds: seconds, bytes: bytes)
    signature = key
    let verdict = PartVerdict { try exercise.parts[index].check(functions) }
    signature = nil
    switch verdict {
    case .right: send(key, "right", "")
    case .notStarted: send(key, "notStarted", "")
    case .wrong(let message): send(key, "wrong", message)
    case .crashed(let message): send(key, "crashed", message)
    }
    fflush(nil)
    _exit(0)
  }

  /// Bounds processor time, memory and the size of written files for the rest of the process.
  private static func limit(seconds: UInt64, bytes: UInt64) {
    func set(_ resource: Int32, soft: UInt64, hard: UInt64) {
      var limit = rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard))
      #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(UInt32(resource)), &limit)
      #else
        setrlimit(resource, &limit)
      #endif
    }
    // Writing a file fails with an error instead of ending the process.
    signal(SIGXFSZ, SIG_IGN)
    #if canImport(Glibc)
      set(Int32(RLIMIT_CPU.rawValue), soft: seconds, hard: seconds + 1)
      set(Int32(RLIMIT_AS.rawValue), soft: bytes, hard: bytes)
      set(Int32(RLIMIT_FSIZE.rawValue), soft: 0, hard: 0)
    #else
      set(RLIMIT_CPU, soft: seconds, hard: seconds + 1)
      set(RLIMIT_AS, soft: bytes, hard: bytes)
      set(RLIMIT_FSIZE, soft: 0, hard: 0)
    #endif
  }

  private static func send(_ key: String, _ word: String, _ text: String) {
    let line = key + " " + word + " " + escaped(text) + "\n"
    var bytes = Array(line.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { write(channel, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      if written <= 0 { return }
      bytes = bytes.dropFirst(written)
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// The text that `escaped` was given.
  public static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscape = false
    for character in text.unicodeScalars {
      if isEscape {
        result.unicodeScalars.append(character == "n" ? "\n" : character)
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
