// A dialog with a title, and what stands in it.
import { Dialog, VisuallyHidden } from '@graphiql/react'
import type { ReactNode } from 'react'

export interface WindowProps {
  readonly title: string
  readonly about: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Window({ title, about, onClose, children }: WindowProps) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <div className="graphiql-dialog-header">
        <Dialog.Title className="graphiql-dialog-title">{title}</Dialog.Title>
        <VisuallyHidden>
          <Dialog.Description>{about}</Dialog.Description>
        </VisuallyHidden>
        <Dialog.Close />
      </div>
      <div className="dienbien-window">{children}</div>
    </Dialog>
  )
}

export const Problem = ({ text }: { readonly text: string }) =>
  text ? (
    <p className="dienbien-problem" role="alert">
      {text}
    </p>
  ) : null
