import Synchronization
import Testing

/// Puts a number into answers, in the place of one that is right.
final class Spoiling: Sendable {
  /// Which numbers of an answer are replaced.
  enum Place: CaseIterable {
    case all
    case last
    /// All numbers of the first, second, third or fourth member of an answer that has several.
    case first, second, third, fourth
  }

  private let number: Float
  private let place: Place
  private let counts = Mutex((alone: 0, amongOthers: 0))

  init(_ number: Float, _ place: Place) {
    self.number = number
    self.place = place
  }

  /// How many numbers were replaced in answers that are a number, a list or a table.
  var spoiltAlone: Int { counts.withLock { $0.alone } }

  /// How many numbers were replaced in answers with several members, of which a part of an exercise
  /// may check one and leave the others to the next part.
  var spoiltAmongOthers: Int { counts.withLock { $0.amongOthers } }

  /// The answer with the number in its place; unchanged where it holds no such numbers.
  func spoilt(_ answer: Any) -> Any {
    switch answer {
    case let row as Float: return spoilt([[row]])[0][0]
    case let row as [Float]: return spoilt([row])[0]
    case let rows as [[Float]]: return spoilt(rows)
    case let (inputs, labels) as (inputs: [[Float]], labels: [Int]):
      return (inputs: member(.first, inputs), labels: labels)
    case let (train, validation, mean) as (train: [Int], validation: [Int], mean: Float):
      return (train: train, validation: validation, mean: member(.third, [[mean]])[0][0])
    case let (loss, labelled, unlabelled)
      as (loss: Float, labelledGradient: [[Float]], unlabelledGradient: [[Float]]):
      return (
        loss: member(.first, [[loss]])[0][0], labelledGradient: member(.second, labelled),
        unlabelledGradient: member(.third, unlabelled)
      )
    case let (loss, center, context, negatives)
      as (loss: Float, center: [Float], context: [Float], negatives: [[Float]]):
      return (
        loss: member(.first, [[loss]])[0][0], center: member(.second, [center])[0],
        context: member(.third, [context])[0], negatives: member(.fourth, negatives)
      )
    case let (loss, window, center, negatives)
      as (loss: Float, window: [[Float]], center: [Float], negatives: [[Float]]):
      return (
        loss: member(.first, [[loss]])[0][0], window: member(.second, window),
        center: member(.third, [center])[0], negatives: member(.fourth, negatives)
      )
    case let (loss, encoder, decoder)
      as (loss: Float, encoder: [[Float]], decoder: [[Float]]):
      return (
        loss: member(.first, [[loss]])[0][0], encoder: member(.second, encoder),
        decoder: member(.third, decoder)
      )
    case let (encoder, decoder) as (encoder: [[Float]], decoder: [[Float]]):
      return (encoder: member(.first, encoder), decoder: member(.second, decoder))
    case let (first, second) as (first: [[Float]], second: [[Float]]):
      return (first: member(.first, first), second: member(.second, second))
    case let (weights, bias) as (weights: [Float], bias: Float):
      return (weights: member(.first, [weights])[0], bias: member(.second, [[bias]])[0][0])
    default:
      let type = "\(type(of: answer))"
      #expect(!type.contains("Float"), "no rule to spoil answers of type \(type)")
      return answer
    }
  }

  /// An answer that is one table: only `all` and `last` concern it.
  private func spoilt(_ rows: [[Float]]) -> [[Float]] {
    if place != .all && place != .last { return rows }
    let (result, count) = replaced(rows)
    counts.withLock { $0.alone += count }
    return result
  }

  /// A member of an answer that has several.
  private func member(_ own: Place, _ rows: [[Float]]) -> [[Float]] {
    if place != .all && place != own { return rows }
    let (result, count) = replaced(rows)
    counts.withLock { $0.amongOthers += count }
    return result
  }

  private func replaced(_ rows: [[Float]]) -> (rows: [[Float]], count: Int) {
    guard place == .last else {
      return (rows.map { $0.map { _ in number } }, rows.map(\.count).reduce(0, +))
    }
    var result = rows
    guard let row = rows.lastIndex(where: { !$0.isEmpty }) else { return (rows, 0) }
    result[row][rows[row].count - 1] = number
    return (result, 1)
  }
}
