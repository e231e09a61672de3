/// The share of guesses that equal the truth, 0…1; without any it is 0.
public func accuracy(_ guesses: [Int], _ truth: [Int]) -> Double {
  if guesses.count != truth.count {
    fatalError("accuracy: \(guesses.count) guesses, but \(truth.count) labels")
  }
  let right = zip(guesses, truth).count { $0 == $1 }
  return Double(right) / Double(max(1, truth.count))
}
