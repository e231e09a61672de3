import Checkers
import ExerciseFunctions
import ExerciseRunner
import Foundation
import Testing

/// Whether this system keeps a process from another's memory, descriptors and life.
private let isConfined = landlockVersion >= 6

/// Answers that misbehave end alone: each is told what it did, and none gains by it.
@Suite struct RogueTests {
  /// Checks one of the answers in `Tests/ExerciseTests/Rogues`.
  private func check(
    _ name: String, limits: Limits = Limits(seconds: 20, processorSeconds: 1, bytes: 1 << 30)
  ) -> CheckRun {
    let exercise = Exercise<RogueFunctions>(
      name, name, file: "Rogue.swift", kind: .heart, minutes: 1, difficulty: 1, section: "",
      hints: [], parts: [Part("one", points: 1) { _ in }]
    ).outline
    return CheckRun(
      exercise, host: Place.builtProgram("checkRogues"), judge: Place.builtProgram("judgeRogues"),
      limits: limits)
  }

  private func expect(_ name: String, _ state: State, says words: String = "") {
    let verdict = check(name).verdict
    #expect(verdict.state == state, "\(name): \(verdict.message)")
    #expect(words.isEmpty || verdict.message.contains(words), "\(name): \(verdict.message)")
    #expect(verdict.points == (state == .right ? 1 : 0))
  }

  @Test func `a right, a wrong and a missing answer are told apart`() {
    expect("right", .right)
    expect("wrong", .wrong, says: "got       2")
    expect("notStarted", .notStarted)
    expect("throws", .wrong, says: "threw an error")
  }

  @Test func `a trap is told with its message and the input`() {
    expect("index", .crashed, says: "Index out of range\n  on        nothing")
    expect("fatal", .crashed, says: "oh no")
  }

  @Test func `an endless loop is stopped by its processor time`() {
    expect("loop", .crashed, says: "An endless loop?")
  }

  @Test func `waiting for ever is stopped by the clock`() {
    let run = check("wait", limits: Limits(seconds: 1, processorSeconds: 1, bytes: 1 << 30))
    #expect(run.verdict.state == .crashed)
    #expect(run.verdict.message.contains("Does it wait for something?"))
  }

  @Test func `an answer that gets a small share of the processor is waited for`() {
    // It works a tenth of the time for some four seconds, as on a machine with ten others at work.
    let run = check("slow", limits: Limits(seconds: 1, processorSeconds: 3, bytes: 1 << 30))
    #expect(run.verdict.state == .right, "\(run.verdict.message)")
  }

  @Test func `endless recursion is told from other crashes`() {
    expect("recursion", .crashed, says: "Does the recursion end?")
    expect("stray", .crashed, says: "memory that is not its own")
  }

  @Test func `too much memory is refused`() {
    expect("huge", .crashed, says: "more memory than the 1024 MiB")
    let run = check("grow", limits: Limits(seconds: 30, processorSeconds: 10, bytes: 1 << 28))
    #expect(run.verdict.message.contains("more memory than the 256 MiB"), "\(run.verdict.message)")
  }

  @Test func `ending the process early is no success, whatever the status`() {
    expect("exit0", .crashed, says: "ended the process (exit status 0) before")
    expect("exit3", .crashed, says: "ended the process (exit status 3) before")
  }

  @Test func `printing that all passed changes nothing, and the learner sees it`() {
    let run = check("prints")
    #expect(run.verdict.state == .wrong)
    #expect(run.printed.contains("all tests passed"))
  }

  // The four that signed any verdict as long as the checker lived in the learner's process.
  @Test func `there is no key to read and nothing to sign`() {
    expect("readsTheKey", .crashed, says: "wrote to the descriptors of the checker")
  }

  @Test func `descriptors that are duplicated lead to no verdict`() {
    expect("duplicates", .crashed, says: "wrote to the descriptors of the checker")
  }

  @Test func `whoever replaces the C library's write replaces it in its own process alone`() {
    expect("replacesWrite", .crashed, says: "wrote to the descriptors of the checker")
  }

  @Test func `writing into an input changes a copy`() {
    expect("writesIntoItsInput", .right)
  }

  @Test(arguments: [
    "signsOnAll", "answersTwice", "announcesMuch", "announcesLessThanNothing",
    "floods",
  ])
  func `what is written past the answer loses it, and is no verdict`(name: String) {
    expect(name, .crashed, says: "wrote to the descriptors of the checker")
  }

  @Test(arguments: ["answersWithAnotherType", "stopsHalfway"])
  func `an answer that is none, or none yet, is waited for and lost`(name: String) {
    let run = check(name, limits: Limits(seconds: 1, processorSeconds: 1, bytes: 1 << 30))
    #expect(run.verdict.state == .crashed)
  }

  @Test(arguments: [
    "answersAhead", "signsAndExits", "endsAtExit", "becomesAnother", "lingers", "startsAShell",
  ])
  func `no thread, shell or end of the process writes a verdict`(name: String) {
    let state = check(name).verdict.state
    #expect(state == .crashed || state == .wrong, "\(name): \(state)")
  }

  @Test(
    .enabled(if: isConfined),
    arguments: [
      "opensTheParentsDescriptors", "writesIntoTheParentsMemory", "tracesTheParent",
      "killsTheParent",
    ])
  func `the checker's process cannot be reached from the learner's`(name: String) {
    expect(name, .wrong, says: "got       2")
  }

  @Test func `closing the descriptors loses the verdict, not the checker`() {
    expect("closes", .crashed, says: "closed the descriptors of the checker")
  }

  @Test func `much output and warnings do not harm a right answer`() {
    expect("talkative", .right)
    expect("warns", .right)
  }

  @Test func `a child process that lives on does not hold up the checker`() {
    let start = Date()
    expect("child", .wrong)
    // The child would live for a minute.
    #expect(Date().timeIntervalSince(start) < 50)
  }

  @Test func `files cannot be written`() {
    expect("file", .right)
  }
}
