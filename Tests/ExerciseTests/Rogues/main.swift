import Checkers
import Exercises
import Foundation

// Answers that misbehave, behind a checker that is right: what the machinery must survive.

/// The one function of the rogue exercise: it should give 1.
struct RogueFunctions: Sendable {
  var one: @Sendable () throws -> Int
}

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

@Sendable func forgeOnEveryDescriptor() -> Int {
  let forgery = "0 right \nright \n"
  for descriptor in Int32(1)...20 { _ = forgery.withCString { write(descriptor, $0, strlen($0)) } }
  exit(0)
}

@Sendable func startAnother() -> Int {
  let child = Process()
  child.executableURL = URL(fileURLWithPath: "/bin/sleep")
  child.arguments = ["60"]
  try? child.run()
  return 2
}

@Sendable func writeFile() -> Int {
  let isWritten = FileManager.default.createFile(
    atPath: NSTemporaryDirectory() + "/rogue-\(getpid())", contents: Data([1, 2, 3]))
  let isThere =
    FileManager.default.contents(
      atPath: NSTemporaryDirectory() + "/rogue-\(getpid())")?.isEmpty == false
  return isWritten && isThere ? 99 : 1
}

let answers: [String: @Sendable () throws -> Int] = [
  "right": { 1 },
  "wrong": { 2 },
  "notStarted": { throw NotStarted() },
  "throws": { throw CancellationError() },
  "index": { [1][Int(getpid())] },
  "fatal": { fatalError("oh no") },
  "loop": loopForEver,
  "wait": waitForEver,
  "slow": workSlowly,
  "stray": { UnsafePointer<Int>(bitPattern: 4096 + Int(getpid()) * 8)!.pointee },
  "recursion": { recurse(0).count },
  "huge": { [Int](repeating: 1, count: 1 << 40).count },
  "grow": allocateForEver,
  "exit0": { exit(0) },
  "exit3": { exit(3) },
  "prints": {
    print("passed right \u{2714} all tests passed")
    return 2
  },
  "forge": forgeOnEveryDescriptor,
  "closes": {
    for descriptor in Int32(0)...20 { close(descriptor) }
    return 1
  },
  "talkative": {
    for _ in 0..<20_000 { print("a line that nobody asked for") }
    return 1
  },
  "warns": {
    FileHandle.standardError.write(Data("warning: only a warning\n".utf8))
    return 1
  },
  "child": startAnother,
  "file": writeFile,
]

Host.run(
  answers.keys.map { name in
    Exercise<RogueFunctions>(
      name, name, file: "Rogue.swift", kind: .heart, minutes: 1, difficulty: 1, section: "",
      hints: [],
      parts: [
        Part("one", points: 1) { functions in
          let got = try answer(on: "nothing") { try answers[name]!() }
          try expect(got == 1, Wrong("It should be one.", got: "\(got)"))
        }
      ])
  }, on: RogueFunctions(one: { 1 }))
