/// The functions that test the way between the processes: answers that misbehave, and values that cross.
public struct RogueFunctions: RemoteFunctions {
  /// What the answers are called by their names with: name, numbers → a number, which should be 1.
  @Remote("one") public var one: @Sendable (String, [Float]) throws -> Int

  /// The functions of the other process.
  public init() {}
}
