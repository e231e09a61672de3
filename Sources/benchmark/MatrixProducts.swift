import TensorCore

/// Times the product of two square matrices of several sizes, with one thread and with all.
func measureMatrixProducts(_ options: Options, _ report: inout Report) {
  let before = Parallel.threads
  defer { Parallel.threads = before }
  let counts = options.has(.threads) ? [options[.threads, 1]] : Set([1, before]).sorted()
  let sizes = options.has(.size) ? [options[.size, 0]] : [384, 512, 768, 1024, 1536]
  var random = Random(seed: 1)
  for threads in counts {
    Parallel.threads = threads
    for size in sizes {
      let a = Variable(Tensor(uniform: [size, size], in: -1..<1, using: &random))
      let b = Variable(Tensor(uniform: [size, size], in: -1..<1, using: &random))
      let timing = Timing(warmUp: 3, steps: options[.steps, 30]) { _ = matmul(a, b) }
      let cube = Double(size) * Double(size) * Double(size)
      report.add("matmul \(size)", ["size": size], timing, operations: 2 * cube)
    }
  }
}
