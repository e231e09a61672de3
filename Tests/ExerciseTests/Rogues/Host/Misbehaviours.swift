import Exercises
import Foundation

/// Answers that are right, wrong, or end in another way.
let misbehaviours: [String: @Sendable ([Float]) throws -> Int] = [
  "right": { _ in 1 },
  "wrong": { _ in 2 },
  "notStarted": { _ in throw NotStarted() },
  "throws": { _ in throw CancellationError() },
  "index": { _ in [1][Int(getpid())] },
  "fatal": { _ in fatalError("oh no") },
  "loop": { _ in loopForEver() },
  "wait": { _ in waitForEver() },
  "slow": { _ in workSlowly() },
  "stray": { _ in UnsafePointer<Int>(bitPattern: 4096 + Int(getpid()) * 8)!.pointee },
  "recursion": { _ in recurse(0).count },
  "huge": { _ in [Int](repeating: 1, count: 1 << 40).count },
  "grow": { _ in allocateForEver() },
  "exit0": { _ in exit(0) },
  "exit3": { _ in exit(3) },
  "prints": { _ in
    print("passed right \u{2714} all tests passed")
    return 2
  },
  "closes": { _ in
    for descriptor in Int32(0)...20 { close(descriptor) }
    return 1
  },
  "talkative": { _ in
    for _ in 0..<20_000 { print("a line that nobody asked for") }
    return 1
  },
  "warns": { _ in
    FileHandle.standardError.write(Data("warning: only a warning\n".utf8))
    return 1
  },
  "child": { _ in startAnother() },
  "file": { _ in writeFile() },
]

@Sendable func recurse(_ depth: Int) -> [Int] {
  depth < .max ? [depth] + recurse(depth + 1) : []
}

@Sendable func allocateForEver() -> Int {
  var numbers = [1]
  while true { numbers += numbers }
}

@Sendable func waitForEver() -> Int {
  while true { sleep(1) }
}

@Sendable func loopForEver() -> Int {
  var count = 0
  while true { count &+= 1 }
}

@Sendable func workSlowly() -> Int {
  for _ in 0..<40 {
    let start = clock()
    while clock() - start < 10_000 {}
    usleep(90_000)
  }
  return 1
}

@Sendable func startAnother() -> Int {
  let child = Process()
  child.executableURL = URL(fileURLWithPath: "/bin/sleep")
  child.arguments = ["60"]
  try? child.run()
  return 2
}

@Sendable func writeFile() -> Int {
  let path = NSTemporaryDirectory() + "/rogue-\(getpid())"
  let isWritten = FileManager.default.createFile(atPath: path, contents: Data([1, 2, 3]))
  let isThere = FileManager.default.contents(atPath: path)?.isEmpty == false
  return isWritten && isThere ? 99 : 1
}
