import ExerciseFunctions
import Foundation

/// Answers that are wrong and try to be taken for right, in the ways that learners' code has.
let forgeries: [String: @Sendable ([Float]) throws -> Int] = [
  // The four that signed any verdict when the checker lived in the same process.
  "readsTheKey": { _ in
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(0, &buffer, buffer.count)
    let key = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    let line = readLine() ?? ""
    send(Array("\(key)\(line) right \n".utf8), to: 0...20)
    send(frame(verdict), to: 0...20)
    return 2
  },
  "duplicates": { _ in
    for descriptor in Int32(0)...20 where descriptor != Host.replies {
      dup2(Host.replies, descriptor)
    }
    send(frame(verdict), to: 0...20)
    return 2
  },
  "replacesWrite": { _ in
    isWriteReplaced = true
    return 2
  },
  "writesIntoItsInput": { numbers in
    numbers.withUnsafeBufferPointer {
      let place = UnsafeMutablePointer(mutating: $0.baseAddress!)
      for index in numbers.indices { place[index] = 1 }
    }
    return 1
  },
  // Verdicts and answers on every descriptor.
  "signsOnAll": { _ in
    send(frame(verdict), to: 0...20)
    return 2
  },
  "signsAndExits": { _ in
    send(frame(verdict), to: 0...20)
    exit(0)
  },
  "answersTwice": { _ in
    send(frame(answer(1, number: 1)), to: Host.replies...Host.replies)
    return 2
  },
  "answersAhead": { _ in
    for number in 1...20 { send(frame(answer(3, number: number)), to: Host.replies...Host.replies) }
    return 2
  },
  "announcesMuch": { _ in
    send(withUnsafeBytes(of: 1 << 62) { Array($0) }, to: Host.replies...Host.replies)
    return 2
  },
  "announcesLessThanNothing": { _ in
    send(withUnsafeBytes(of: -1) { Array($0) }, to: Host.replies...Host.replies)
    return 2
  },
  "answersWithAnotherType": { _ in
    var wire = WireWriter()
    wire.write((1, UInt8(0), "right"))
    send(frame(wire.bytes), to: Host.replies...Host.replies)
    while true { sleep(1) }
  },
  "floods": { _ in
    let zeros = [UInt8](repeating: 0, count: 1 << 16)
    while true { send(zeros, to: Host.replies...Host.replies) }
  },
  "stopsHalfway": { _ in
    send(Array(frame(answer(1, number: 1)).dropLast(3)), to: Host.replies...Host.replies)
    while true { sleep(1) }
  },
  // Other processes' descriptors, memory and lives.
  "opensTheParentsDescriptors": { _ in
    for process in [getppid(), grandparent()] {
      for descriptor in 0...30 {
        let file = open("/proc/\(process)/fd/\(descriptor)", O_WRONLY | O_NONBLOCK)
        if file >= 0 { send(frame(verdict), to: file...file) }
      }
    }
    return 2
  },
  "writesIntoTheParentsMemory": { _ in
    for process in [getppid(), grandparent()] where isWritable(process) { return 1 }
    return 2
  },
  "tracesTheParent": { _ in
    let attach = unsafeBitCast(
      dlsym(nil, "ptrace"), to: (@convention(c) (Int, Int, Int, Int) -> Int).self)
    return attach(16, Int(getppid()), 0, 0) == 0 ? 1 : 2
  },
  "killsTheParent": { _ in
    kill(getppid(), SIGKILL)
    kill(grandparent(), SIGKILL)
    return 2
  },
  "lingers": { _ in
    for _ in 0..<4 { detach { while true { send(frame(verdict), to: 0...20) } } }
    return 2
  },
  "startsAShell": { _ in
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/sh")
    child.arguments = [
      "-c", "for n in 1 2 3 4 5 6 7 8 9; do echo right >&$n; done; setsid sleep 1",
    ]
    try? child.run()
    return 2
  },
  "becomesAnother": { _ in
    let line = "echo right >&3; echo right >&5"
    var words = ["/bin/sh", "-c", line].map { (word: String) in strdup(word) } + [nil]
    execv("/bin/sh", &words)
    return 2
  },
  "endsAtExit": { _ in
    atexit { send(frame(verdict), to: 0...20) }
    exit(0)
  },
]

/// What the judge would write of a right part.
let verdict: [UInt8] = {
  var wire = WireWriter()
  wire.write((0, "right", "", "", Int?.none))
  return wire.bytes
}()

/// What this process would write as an answer.
func answer(_ result: Int, number: Int) -> [UInt8] {
  var wire = WireWriter()
  wire.write((number, UInt8(0), result))
  return wire.bytes
}

func frame(_ content: [UInt8]) -> [UInt8] { Frame.bytes(of: content) }

func send(_ bytes: [UInt8], to descriptors: ClosedRange<Int32>) {
  for descriptor in descriptors {
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}

/// The process that started the judge.
func grandparent() -> pid_t {
  let status = (try? String(contentsOfFile: "/proc/\(getppid())/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("PPid:") }
  return line.flatMap { pid_t($0.dropFirst(5).trimmingCharacters(in: .whitespaces)) } ?? getppid()
}

/// Whether another process's memory can be opened for writing.
func isWritable(_ process: pid_t) -> Bool {
  let memory = open("/proc/\(process)/mem", O_RDWR)
  if memory >= 0 { close(memory) }
  return memory >= 0
}

func detach(_ work: @escaping @Sendable () -> Void) { Thread.detachNewThread(work) }

nonisolated(unsafe) var isWriteReplaced = false

/// Takes the C library's place in this program: all that Swift writes comes through here.
@_cdecl("write")
public func replacedWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  let content = isWriteReplaced ? frame(verdict) : []
  return content.withUnsafeBytes { forged in
    var part = iovec(
      iov_base: UnsafeMutableRawPointer(mutating: isWriteReplaced ? forged.baseAddress : bytes),
      iov_len: isWriteReplaced ? forged.count : count)
    if isWriteReplaced { for channel in Int32(0)...20 { _ = writev(channel, &part, 1) } }
    let written = writev(descriptor, &part, 1)
    return isWriteReplaced && written > 0 ? count : written
  }
}
